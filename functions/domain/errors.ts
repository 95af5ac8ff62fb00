/**
 * One class for each situation that a state machine or a caller treats differently. `name` is a literal,
 * for it crosses the wire as Lambda's `errorType` and is matched by `ErrorEquals`; minifying would change it
 * if it were taken from the class.
 */
abstract class DomainError extends Error {}

/** AWS answered "too many", "unavailable" or not at all: the same request may succeed in a while. */
export class AwsUnavailable extends DomainError {
  override readonly name = 'AwsUnavailable';
}

/** GitHub answered 5xx, a rate limit or not at all: the same request may succeed in a while. */
export class GitHubUnavailable extends DomainError {
  override readonly name = 'GitHubUnavailable';
  /** Seconds after which GitHub asks us to come back, when it said so. */
  readonly retryAfterSeconds?: number;

  constructor(message: string, options?: ErrorOptions & { readonly retryAfterSeconds?: number }) {
    super(message, options);
    if (options?.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** AWS refused a request for good: a permission, a parameter, a resource that is not there. */
export class AwsRefused extends DomainError {
  override readonly name = 'AwsRefused';
}

/** GitHub refused a request for good: the credential, the runner group, the organisation. */
export class GitHubRefused extends DomainError {
  override readonly name = 'GitHubRefused';
}

/** The deployment's GitHub credential is absent or malformed. */
export class CredentialUnusable extends DomainError {
  override readonly name = 'CredentialUnusable';
}

/** There is no Ubuntu image for the architecture. */
export class ImageNotFound extends DomainError {
  override readonly name = 'ImageNotFound';
}

/** No pool had capacity for as long as capacity is sought. */
export class CapacityUnavailable extends DomainError {
  override readonly name = 'CapacityUnavailable';
}

/** EC2 has none of the allowed instance types in any of the deployment's zones: waiting does not help. */
export class InstanceTypeUnsupported extends DomainError {
  override readonly name = 'InstanceTypeUnsupported';
}

/** The account's vCPU quota for on-demand instances is used up. */
export class QuotaExceeded extends DomainError {
  override readonly name = 'QuotaExceeded';
}

/** A launch guard found that this life must not have an instance any more. */
export class LaunchForbidden extends DomainError {
  override readonly name = 'LaunchForbidden';
}

/** So many runners are live that the deployment allows no other. */
export class CapReached extends DomainError {
  override readonly name = 'CapReached';
}

/** The instance runs but its runner did not come online in time. */
export class RunnerNeverOnline extends DomainError {
  override readonly name = 'RunnerNeverOnline';
}

/** EC2 took the instance away, and the last launch round is used. */
export class InstanceLost extends DomainError {
  override readonly name = 'InstanceLost';
}

/** Something of the life is still there after a destroy has tried for as long as it may. */
export class LifeRemains extends DomainError {
  override readonly name = 'LifeRemains';
}

/** An execution's input or a sealed value is not what this step takes. */
export class InputInvalid extends DomainError {
  override readonly name = 'InputInvalid';
}
