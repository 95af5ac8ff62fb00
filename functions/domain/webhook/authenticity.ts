import type { Clock } from '../ports.ts';
import { addSeconds } from '../timing.ts';

export interface WebhookSecretReader {
  /** The webhook's secret as it is now. Throws AwsUnavailable, AwsRefused or CredentialUnusable. */
  secret(): Promise<string>;
}

/** Whether the secret signs the body so, compared in constant time. */
export type VerifySignature = (secret: string, body: string, signature: string) => Promise<boolean>;

export interface AuthenticityPorts {
  readonly secrets: WebhookSecretReader;
  readonly verify: VerifySignature;
  readonly clock: Clock;
}

/** A secret that somebody has changed is read again when a signature fails, and no more often than this. */
const readAgainSeconds = 60;

/** What GitHub sends in `X-Hub-Signature-256` (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries). */
const signatureForm = /^sha256=[0-9a-f]{64}$/;

interface Known {
  readonly secret: string;
  readonly readAt: Date;
}

/**
 * Tells GitHub's deliveries from everybody else's. What has no signature at all costs no reading of the secret, and
 * a flood of false ones one reading a minute for each copy of the function.
 */
export const authenticity = ({ secrets, verify, clock }: AuthenticityPorts) => {
  let known: Known | undefined;

  const readAnew = async (): Promise<Known> => {
    const readAt = clock();
    known = { secret: await secrets.secret(), readAt };
    return known;
  };

  const isStale = ({ readAt }: Known): boolean => addSeconds(readAt, readAgainSeconds) <= clock();

  return async (body: string, signature: string | undefined): Promise<boolean> => {
    if (body === '' || signature === undefined || !signatureForm.test(signature)) return false;
    const current = known ?? (await readAnew());
    if (await verify(current.secret, body, signature)) return true;
    if (!isStale(current)) return false;
    const { secret } = await readAnew();
    return secret !== current.secret && verify(secret, body, signature);
  };
};
