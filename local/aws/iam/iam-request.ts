/** The values of the condition keys that a request has, by the key's name in the service authorization reference. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** What IAM judges: one action on one resource. A call can need several. */
export interface IamRequest {
  /** `ec2:RunInstances` */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resources. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** IAM has no such action, resource or condition key, or it is not known here what a call needs. */
export class IamRequestUnknown extends Error {
  override readonly name = 'IamRequestUnknown';
}
