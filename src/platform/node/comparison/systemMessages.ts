// The messages between a comparison and the processes of its systems.
import type { SystemResult } from '../../../classic/floor.ts';
import type { ComparisonDataOptions } from './comparisonData.ts';
import type { ResultKey } from './resultKey.ts';

/** What a process is to measure. */
export interface SystemRequest {
  readonly system: string;
  readonly data: ComparisonDataOptions;
  readonly trialCount: number;
  /** Kept with the result: a later comparison reuses the result only when this is the same. */
  readonly key: ResultKey;
  readonly resultFile: string;
  readonly modelFile: string;
}

/** What the process replies. */
export type SystemReply =
  | { readonly type: 'progress'; readonly stage: 'learning' | 'reading' | 'trials'; readonly share: number }
  | { readonly type: 'measured'; readonly result: SystemResult }
  | { readonly type: 'failed'; readonly message: string };
