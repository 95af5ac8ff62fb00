import { randomBytes } from 'node:crypto';
import { type Decision, denialText } from '../../local/aws/iam/denial.ts';
import { tokenCredential } from '../../local/github/deployed-credential.ts';
import type { LocalCloud } from '../../local/local-cloud.ts';
import type { SimulationOptions } from '../../local/simulation.ts';
import { Canaries } from '../witness/canaries.ts';
import { withCanaries } from '../witness/watched-simulation.ts';
import type { WorldPlan } from './plan.ts';
import { randomOf } from './random.ts';

/**
 * In one world of so many IAM judges every call, and in one of so many all that goes on is searched for secrets. The
 * whole-path tests do both always; here they would take a third of the time.
 */
const watchedWorlds = 32;
const searchedWorlds = 16;

/** What stands beside some worlds and looks at all that goes on there: no secret gets out, and IAM refuses nothing. */
export class WorldWitnesses {
  readonly #canaries = new Canaries();
  readonly #denials = new Set<string>();
  readonly #isJudged: boolean;
  readonly #isSearched: boolean;

  /** `areAllThere` takes chance out of it. */
  constructor({ seed, faults }: WorldPlan, areAllThere: boolean) {
    // Worlds of the exhaustive campaign share a seed, and differ in their faults.
    const random = randomOf(`${seed}/witnesses/${JSON.stringify(faults)}`);
    this.#isJudged = random.chance(1 / watchedWorlds) || areAllThere;
    this.#isSearched = random.chance(1 / searchedWorlds) || areAllThere;
  }

  /** The options of the world's simulation with its witnesses in it, and a credential that is known again. */
  watch(options: SimulationOptions): SimulationOptions {
    const onDecision = (decision: Decision): void => {
      if (!decision.isAllowed) this.#denials.add(denialText(decision));
    };
    // Not of the world's own random numbers, which a secret must not use up.
    const credential = tokenCredential(randomBytes(30).toString('base64url'));
    const { watcher } = options;
    const watched = {
      ...options,
      credential,
      isAuthorizing: this.#isJudged,
      watcher: { ...watcher, onDecision },
    };
    return this.#isSearched ? withCanaries(watched, this.#canaries) : watched;
  }

  /** What they have seen, when all is over. */
  testify(cloud: LocalCloud): { readonly leaks: readonly string[]; readonly denials: readonly string[] } {
    if (this.#isSearched) this.#canaries.remains(cloud);
    const leaks = this.#canaries.leaks.map(({ secret, where }) => `${secret} got out: ${where}`);
    return { leaks, denials: [...this.#denials] };
  }
}
