import type { IamRequest } from './iam-request.ts';

/** Who asks: a role, and what acts in it, or a service of AWS's by itself. */
export interface Principal {
  /** A role's ARN, or a service such as `events.amazonaws.com`. */
  readonly id: string;
  /** What has assumed the role; a function's session has its name. */
  readonly session?: string;
}

/** Something that is done, and by whom: all that it needs must be allowed. */
export interface Act {
  readonly principal: Principal;
  readonly requests: readonly IamRequest[];
}

/** A request and what became of it. */
export interface Decision {
  readonly principal: Principal;
  readonly request: IamRequest;
  readonly isAllowed: boolean;
  /** Why it could not be judged, and so is refused. */
  readonly unknown?: string;
}

const userOf = ({ id, session = '' }: Principal): string =>
  id.replace(/^arn:aws:iam::(\d+):role\/(.*)$/, `arn:aws:sts::$1:assumed-role/$2/${session}`);

/**
 * What AWS says to whoever is refused: for a function its name is in the session
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
export const denialText = ({ principal, request: { action, resource }, unknown }: Decision): string => {
  const kind = principal.id.startsWith('arn:') ? 'identity-based' : 'resource-based';
  return `User: ${userOf(principal)} is not authorized to perform: ${action} on resource: ${resource} because ${unknown ?? `no ${kind} policy allows the ${action} action`}`;
};

/**
 * The code of a refusal: EC2 has one of its own
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html,
 * https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html).
 */
export const denialCode = (service: string): string =>
  service === 'ec2' ? 'UnauthorizedOperation' : 'AccessDeniedException';
