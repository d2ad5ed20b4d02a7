/** What the benchmark finds out. */

export interface Measured {
  /** The median of its rounds. */
  value: number;
  /**
   * To the first contender, which is this package if it is among them: the median of the ratios within each round,
   * for what slows the machine for a moment slows both.
   */
  ratio: number;
  /** First and third quartile of the rounds. */
  spread: [number, number];
}

/** By the name of the contender, the one that the others are measured by first. */
export type Comparison = Record<string, Measured>;

/** In nanoseconds. */
export interface Speed {
  app: Comparison;
  appNonAscii: Comparison;
  management: Comparison;
  cached: Comparison;
  verify: Comparison;
  /** An app token, by bytes of the user id. */
  bytes: Comparison;
}

/** Of whole processes, in nanoseconds. `importing` is measured by a process that imports node:crypto alone. */
export interface ColdStart {
  importing: Comparison;
  minting: Comparison;
}

export interface Sizes {
  /** In bytes, minified and compressed by gzip. */
  bundle: Comparison;
  /** How many are installed, dependencies included. */
  packages: Comparison;
}

export interface Results extends Speed, ColdStart, Sizes {
  machine: { cpu: string; cores: number; node: string };
}
