/** A stack as CloudFormation describes it. */
export interface StackReading {
  /** Its ARN, by which it is known even after it was removed. */
  readonly id: string;
  readonly name: string;
  /** CloudFormation's word, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly reason?: string;
  readonly description: string;
  /** Termination protection is on: CloudFormation refuses to remove it. */
  readonly isProtected: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface DeployedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
}

export interface StackReader {
  /** The stack of this name or ARN, `undefined` when there is none. One that was removed is found by its ARN alone. */
  read(nameOrId: string): Promise<StackReading | undefined>;
  /** Every resource of the stack, of a removed one too. */
  resources(id: string): Promise<readonly DeployedResource[]>;
}

export interface Stacks extends StackReader {
  /** The ARN of the stack of this name that was removed last. */
  lastDeleted(name: string): Promise<string | undefined>;
  /** Why resources could not be removed, newest first. */
  failures(id: string): Promise<readonly string[]>;
  /** Begins to remove the stack. */
  remove(id: string): Promise<void>;
}

/** What the stack says of itself, by the names of `infra/stint-stack.ts`. */
export interface StackOutputs {
  readonly endpointUrl: string;
  readonly githubSecretArn: string;
  readonly provisionStateMachineArn: string;
  readonly destroyStateMachineArn: string;
  readonly apiId: string;
  readonly admissionParameter: string;
  /** Where GitHub's deliveries are taken, and the secret that signs them; absent where only callers ask. */
  readonly webhookUrl?: string;
  readonly webhookSecretArn?: string;
}

/** What it says only where admission is `verified`. */
const optionalNames = { webhookUrl: 'WebhookUrl', webhookSecretArn: 'WebhookSecretArn' } as const;

const names: Readonly<Record<keyof Omit<StackOutputs, keyof typeof optionalNames>, string>> = {
  endpointUrl: 'EndpointUrl',
  githubSecretArn: 'GitHubSecretArn',
  provisionStateMachineArn: 'ProvisionStateMachineArn',
  destroyStateMachineArn: 'DestroyStateMachineArn',
  apiId: 'ApiId',
  admissionParameter: 'AdmissionParameter',
};

/** What the stack says of itself; `undefined` when it is none of Stint's, or was never whole. */
export const outputsOf = ({ outputs }: StackReading): StackOutputs | undefined => {
  const named = (of: Readonly<Record<string, string>>) =>
    Object.entries(of).map(([key, name]) => [key, outputs[name]] as const);
  const entries = named(names);
  if (!entries.every(([, value]) => value !== undefined)) return undefined;
  const others = named(optionalNames).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...entries, ...others]) as unknown as StackOutputs;
};

/** Whether the stack is one of Stint's, by the description that `infra/stint-stack.ts` gives it. */
export const isOurs = ({ description }: StackReading): boolean => description.startsWith('Stint: ');

/**
 * The deployment's id, the first part of the UUID in the stack's ARN: what `infra/constructs/names.ts` makes of
 * it in the template.
 */
export const deploymentOf = (stackId: string): string => stackId.split('/')[2]?.split('-')[0] ?? '';

/** The one stage of the HTTP API. */
export const stageName = '$default';
