/** What the benchmark finds out. */

export interface Measured {
  /** A time is the median of its rounds. */
  value: number;
  /**
   * To the first contender, which is this package if it is among them. That of times is the median of the ratios
   * within each round: what slows the machine for a moment slows both.
   */
  ratio: number;
  /** First and third quartile of the rounds. */
  spread?: [number, number];
}

/** By the name of the contender, the one that the others are measured by first. */
export type Comparison = Record<string, Measured>;

export interface Results {
  machine: { cpu: string; cores: number; node: string };
  /** In nanoseconds. */
  speed: {
    appAscii: Comparison;
    appNonAscii: Comparison;
    management: Comparison;
    cached: Comparison;
    verify: Comparison;
  };
  /** In nanoseconds. `importing` is measured by a process that imports node:crypto alone. */
  coldStart: { importing: Comparison; minting: Comparison };
  /** In bytes (`bundled` minified and compressed by gzip) and in packages, dependencies included. */
  sizes: { bundled: Comparison; installed: Comparison; packages: Comparison };
  /** Bytes of heap: what `tokens` tokens leave behind beyond what the first hundred thousand do, and a builder's. */
  memory: { tokens: number; growth: number; builder: number };
  /**
   * In nanoseconds by bytes of the user id and by number of builders; in tokens per second, and in bare HMACs, by
   * number of threads.
   */
  growth: { bytes: Comparison; builders: Comparison; threads: Comparison; hmacThreads: Comparison };
}
