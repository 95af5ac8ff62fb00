import type { GitHubTarget } from '../../functions/adapters/github/github-connection.ts';
import { failed, passed, skipped, type Verdict, warning } from '../finding.ts';
import type { Excess, TokenReading } from '../github-access.ts';
import { classicScope, settingsWords } from './needed-permission.ts';

export interface TokenSurroundings {
  readonly target: GitHubTarget;
  /** `undefined` when the token may not even see the runners. */
  readonly reading: TokenReading | undefined;
  readonly excess: readonly Excess[];
  /** Whether it may register runners; absent when that was not tried. */
  readonly mayRegister?: boolean;
  readonly now: Date;
}

/** GitHub lists a token's permissions to nobody, so reading cannot show whether it may write. */
const unseenWrite = skipped(
  'whether it may register runners: npm run doctor -- --try-write tries, with a request that GitHub must refuse',
);

const dayMs = 86_400_000;

/** Time enough to make a new one before the old one fails. */
const noticeDays = 21;

const edit = 'GitHub → Settings → Developer settings → Fine-grained tokens → the token → Edit';

const judgeExpiry = ({ reading, now }: TokenSurroundings): readonly Verdict[] => {
  const expiresAt = reading?.expiresAt;
  if (expiresAt === undefined) return [];
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / dayMs);
  const says = `the token expires on ${expiresAt.toISOString().slice(0, 10)}, in ${days} days`;
  return [
    days > noticeDays
      ? passed(says)
      : warning(says, 'Make a new one and npm run fill-secret; a GitHub App’s key does not expire.'),
  ];
};

const judgeClassic = (scopes: readonly string[], target: GitHubTarget): Verdict => {
  const needed = classicScope(target);
  if (!scopes.includes(needed))
    return failed(
      `a classic token without ${needed}`,
      'Use a GitHub App or a fine-grained token: docs/credentials.md',
    );
  return warning(
    `a classic token (${scopes.join(', ')}), which may do far more than manage runners`,
    'Use a GitHub App or a fine-grained token: docs/credentials.md',
  );
};

const judgeFineGrained = ({ target, excess, mayRegister }: TokenSurroundings): readonly Verdict[] => {
  if (mayRegister === false) return [failed(`the token lacks ${settingsWords(target)}`, edit)];
  const seen =
    excess.length > 0
      ? warning(
          `the token has more than it needs: ${excess.map(({ permission }) => permission).join(', ')}`,
          `Set these to No access: ${edit}`,
        )
      : passed(
          mayRegister === undefined
            ? 'the token may read the runners, and nothing more that can be seen'
            : `the token has ${settingsWords(target)}, and no more that can be seen`,
        );
  return mayRegister === undefined ? [seen, unseenWrite] : [seen];
};

/** Whether a token has what is needed, as far as GitHub lets that be seen. */
export const tokenPermissionVerdicts = (surroundings: TokenSurroundings): readonly Verdict[] => {
  const { target, reading } = surroundings;
  if (reading === undefined)
    return [
      failed(`the token may not see the runners of its target: it lacks ${settingsWords(target)}`, edit),
    ];
  const { scopes } = reading;
  const permission = scopes === undefined ? judgeFineGrained(surroundings) : [judgeClassic(scopes, target)];
  return [...permission, ...judgeExpiry(surroundings)];
};
