import {
  AwsRefused,
  AwsUnavailable,
  GitHubRefused,
  GitHubUnavailable,
} from '../../functions/domain/errors.ts';
import {
  addSeconds,
  ec2LagSeconds,
  functionTimeoutSeconds,
  secondsBetween,
} from '../../functions/domain/timing.ts';
import { DestroyAttempts } from './destroy-attempts.ts';
import type { Drainage, RemovalPace } from './ports.ts';
import { livesIn, remainsOf, type Survey, type SurveyedLife } from './survey.ts';

export interface DrainOptions {
  readonly deployment: string;
  /** End jobs, or let them come to their end. */
  readonly isForced: boolean;
  /** Whether GitHub must show that no registration is left. */
  readonly isGitHubHeeded: boolean;
  readonly patienceSeconds: number;
}

export type DrainOutcome =
  | { readonly kind: 'drained' }
  | { readonly kind: 'remains'; readonly remains: readonly string[] }
  /** AWS lets whoever runs this start no destroy. */
  | { readonly kind: 'not-allowed'; readonly reason: string }
  /** GitHub will not say what is left, however long one waits. */
  | { readonly kind: 'refused'; readonly reason: string };

const pollSeconds = 15;

/** A request that came in just before the door was closed may still start something, which EC2 shows late. */
const quietSeconds = functionTimeoutSeconds + ec2LagSeconds;

const passing = [AwsRefused, AwsUnavailable, GitHubRefused, GitHubUnavailable];

/** The deployment's lives on their way to their end, for as long as it takes and the patience lasts. */
export class Drain {
  readonly #drainage: Drainage;
  readonly #pace: RemovalPace;
  readonly #options: DrainOptions;
  readonly #attempts = new DestroyAttempts();
  #emptySince: Date | undefined;
  #refusal: string | undefined;
  #said = '';

  constructor(drainage: Drainage, pace: RemovalPace, options: DrainOptions) {
    this.#drainage = drainage;
    this.#pace = pace;
    this.#options = options;
  }

  /** Looks and acts until nothing is left. Throws AwsRefused when it may not even look. */
  async run(): Promise<DrainOutcome> {
    const { clock, sleep } = this.#pace;
    const until = addSeconds(clock(), this.#options.patienceSeconds);
    for (;;) {
      const survey = await this.#survey();
      const outcome = survey === undefined ? undefined : await this.#act(survey);
      if (outcome !== undefined) return outcome;
      if (clock() >= until) return { kind: 'remains', remains: this.#remains(survey) };
      await sleep(pollSeconds);
    }
  }

  /** `undefined` while AWS does not answer. */
  async #survey(): Promise<Survey | undefined> {
    try {
      return await this.#drainage.survey();
    } catch (error) {
      if (!(error instanceof AwsUnavailable)) throw error;
      this.#emptySince = undefined;
      this.#say(`AWS does not answer (${error.message})`);
      return undefined;
    }
  }

  #remains(survey: Survey | undefined): readonly string[] {
    return survey === undefined
      ? ['whatever AWS, which does not answer, still has']
      : remainsOf(survey, this.#options.isGitHubHeeded);
  }

  async #act(survey: Survey): Promise<DrainOutcome | undefined> {
    const { isGitHubHeeded, deployment } = this.#options;
    const { registrations } = survey;
    const remains = this.#remains(survey);
    if (isGitHubHeeded && registrations.kind === 'refused' && remainsOf(survey, false).length === 0)
      return { kind: 'refused', reason: registrations.reason };
    if (remains.length === 0) return this.#isQuiet() ? { kind: 'drained' } : undefined;
    this.#emptySince = undefined;
    this.#say(`left: ${remains.join(', ')}`);
    await Promise.all(livesIn(survey, deployment).map((life) => this.#pursue(life)));
    await this.#endNameless(survey);
    return this.#refusal === undefined ? undefined : { kind: 'not-allowed', reason: this.#refusal };
  }

  #isQuiet(): boolean {
    const now = this.#pace.clock();
    this.#emptySince ??= now;
    this.#say(`nothing lives any more; looking for another ${quietSeconds} seconds`);
    return secondsBetween(this.#emptySince, now) >= quietSeconds;
  }

  async #pursue(one: SurveyedLife): Promise<void> {
    const now = this.#pace.clock();
    if (this.#attempts.isDue(one.life, now)) await this.#startDestroy(one);
  }

  async #startDestroy(one: SurveyedLife): Promise<void> {
    const { isForced } = this.#options;
    const { life } = one;
    this.#attempts.note(life, this.#pace.clock());
    try {
      const outcome = isForced
        ? await this.#drainage.destroy(life, 'removal', 'forced')
        : await this.#drainage.destroy(life, 'asked', 'graceful');
      if (outcome === 'started') this.#pace.say(`${life}: its destroy has begun`);
    } catch (error) {
      if (error instanceof AwsRefused) this.#refusal = error.message;
      this.#tolerate(life, error);
    }
  }

  /** Machines of ours whose tags somebody has changed: no state machine knows them. */
  async #endNameless({ instances }: Survey): Promise<void> {
    const ids = instances.filter(({ life }) => life === undefined).map(({ id }) => id);
    if (ids.length === 0) return;
    this.#say(`${ids.join(', ')}: of no life that can be read; terminating`);
    try {
      await this.#drainage.terminate(ids);
    } catch (error) {
      this.#tolerate(ids.join(', '), error);
    }
  }

  /** What happens to one life keeps no other from its end, and is tried again at the next look. */
  #tolerate(what: string, error: unknown): void {
    if (!passing.some((Passing) => error instanceof Passing)) throw error;
    this.#pace.say(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Says a thing once. */
  #say(what: string): void {
    if (what !== this.#said) this.#pace.say(what);
    this.#said = what;
  }
}
