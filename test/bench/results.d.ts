/** What the benchmark finds out. */

export interface Measured {
  /** The median of its rounds. */
  value: number;
  /**
   * To the first contender, which is this package if it is among them: the median of the ratios within each round,
   * for what slows the machine for a moment slows both.
   */
  ratio: number;
}

/** By the name of the contender, the one that the others are measured by first. */
export type Comparison = Record<string, Measured>;

export interface Results {
  machine: { cpu: string; cores: number; node: string };
  // In nanoseconds: of calls (`bytes`: making an app token, by bytes of the user id), and of whole processes.
  app: Comparison;
  appNonAscii: Comparison;
  management: Comparison;
  cached: Comparison;
  verify: Comparison;
  bytes: Comparison;
  importing: Comparison;
  minting: Comparison;
  /** In bytes, minified and compressed by gzip. */
  bundle: Comparison;
  /** How many are installed, dependencies included. */
  packages: Comparison;
}
