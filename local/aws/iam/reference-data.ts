import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Stack } from '../../template/stack.ts';
import { withKnownEncryptionContext } from './encryption-context.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

const statementsOf = ({ roles, resourcePolicies }: Stack): readonly Statement[] =>
  [
    ...roles.flatMap(({ policies, trust }) => [...policies, trust]),
    ...Object.values(resourcePolicies),
  ].flatMap(({ Statement: own }) => own as unknown as readonly Statement[]);

/** Actions whose part of the reference has been read; it is kept for as long as the process runs. */
const read = new Set<string>();

/** The verdict does not matter: whatever is asked, the evaluator reads what it knows of the action first. */
const ask = async (action: string, { Resource = '*', Condition = {} }: Statement): Promise<void> => {
  const keys = Object.values(Condition).flatMap((keysAndValues) => Object.keys(keysAndValues));
  const [resource = '*'] = listOf(Resource);
  await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::000000000000:role/reader',
        action,
        resource: { resource: resource.replaceAll('*', 'x') || '*', accountId: '000000000000' },
        contextVariables: withKnownEncryptionContext(Object.fromEntries(keys.map((key) => [key, 'x']))),
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
};

/**
 * Reads all that the evaluator will want to know for the stack's policies. It reads files, of which virtual time
 * knows nothing: afterwards no verdict waits for the disk.
 */
export const readReference = async (stack: Stack): Promise<void> => {
  for (const statement of statementsOf(stack))
    for (const action of listOf(statement.Action).filter((name) => !name.includes('*') && !read.has(name))) {
      await ask(action, statement);
      read.add(action);
    }
};
