import type { Outcome } from './call.ts';

export interface Said {
  readonly outcome: Outcome;
  /** What has been done, when it has. */
  readonly done: string;
}

/** What came of the last use of a form or button: read out when it changes. */
export const OutcomeText = ({ said }: { readonly said: Said | undefined }) => (
  <p class="outcome" role="status" data-failed={said?.outcome.ok === false}>
    {said === undefined ? '' : said.outcome.ok ? said.done : said.outcome.problem}
  </p>
);
