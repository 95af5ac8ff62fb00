import { verify } from '@octokit/webhooks-methods';
import type { VerifySignature } from '../../domain/webhook/authenticity.ts';

/** Whether the secret signs the body so (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries). */
export const verifySignature: VerifySignature = verify;
