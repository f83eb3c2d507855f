// How long work reports itself. The command line draws it; everything else only sends it.

export interface Progress {
  /** What is worked on: library, clinic. */
  readonly subject: string;
  /** verify, compose, … */
  readonly phase: string;
  readonly done: number;
  /** 0 where the end is not known. */
  readonly total: number;
}

export type OnProgress = (progress: Progress) => void;
