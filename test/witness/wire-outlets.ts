import { scriptOf } from '../../local/aws/ec2/user-data.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';

/** A part of what goes over the wire that must hold no secret. */
export type Outlet = readonly [where: string, text: string];

/** The user data in a launch has a rule of its own, and is taken out of what the wire may not show. */
const userData = /(^|&)UserData=([^&]*)/;

/** The script in the user data of a launch. */
export const userDataOf = ({ call, request }: WireExchange): string | undefined => {
  if (call.operation !== 'RunInstances') return undefined;
  const encoded = userData.exec(request.body)?.[2];
  return encoded === undefined ? undefined : scriptOf(Buffer.from(decodeURIComponent(encoded), 'base64'));
};

/** The credential goes to GitHub in its header, and nowhere else. */
const headersToGitHub = ({ authorization: _, ...headers }: Readonly<Record<string, string>>): string =>
  JSON.stringify(headers);

/** GitHub, KMS and Secrets Manager answer with secrets: that is what they are asked for. */
const answersWithSecrets: ReadonlySet<string> = new Set([
  'github GenerateJitConfig',
  'github CreateAccessToken',
  'kms GenerateDataKey',
  'kms Decrypt',
  'secretsmanager GetSecretValue',
]);

/** What of an exchange may hold no secret: all of it, but for what it is there for. */
export const wireOutlets = ({ call, request, response }: WireExchange): readonly Outlet[] => {
  const where = `${call.service} ${call.operation}`;
  const { headers, path, body } = request;
  return [
    [`path to ${where}`, path],
    [`headers to ${where}`, call.service === 'github' ? headersToGitHub(headers) : JSON.stringify(headers)],
    [`body to ${where}`, body.replace(userData, '')],
    ...(answersWithSecrets.has(where) ? [] : ([[`answer of ${where}`, response.body]] as const)),
  ];
};
