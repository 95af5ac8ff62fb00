import { randomBytes } from 'node:crypto';
import { type Decision, denialText } from '../../local/cloud/authorization/denial.ts';
import { tokenCredential } from '../../local/cloud/github/deployed-credential.ts';
import type { LocalCloud } from '../../local/cloud/local-cloud.ts';
import type { SimulationOptions } from '../../local/simulation.ts';
import { Canaries } from '../witness/canaries.ts';
import { withCanaries } from '../witness/watched-simulation.ts';

/** What stands beside a world and looks at all that goes on in it: no secret gets out, and IAM refuses nothing. */
export class WorldWitnesses {
  readonly #canaries = new Canaries();
  readonly #denials = new Set<string>();

  /** The options of the world's simulation with the witnesses in it, and a credential that is known again. */
  watch(options: SimulationOptions): SimulationOptions {
    const onDecision = (decision: Decision): void => {
      if (!decision.isAllowed) this.#denials.add(denialText(decision));
    };
    // Not of the world's own random numbers, which a secret must not use up.
    const credential = tokenCredential(randomBytes(30).toString('base64url'));
    return withCanaries(
      { ...options, credential, watcher: { ...options.watcher, onDecision } },
      this.#canaries,
    );
  }

  /** What they have seen, when all is over. */
  testify(cloud: LocalCloud): { readonly leaks: readonly string[]; readonly denials: readonly string[] } {
    this.#canaries.remains(cloud);
    const leaks = this.#canaries.leaks.map(({ secret, where }) => `${secret} got out: ${where}`);
    return { leaks, denials: [...this.#denials] };
  }
}
