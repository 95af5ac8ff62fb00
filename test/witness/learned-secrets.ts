import type { WireExchange } from '../../local/wire/front-door.ts';

/** A secret that has just come into being, by a name that says what it is. */
export type Learned = readonly [name: string, secret: string | Buffer];

const bodyOf = ({ body }: { readonly body: string }): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** The name under which a runner's configuration is known. */
export const jitConfigOf = (runner: string): string => `JIT config of ${runner}`;

/** Without the lines that every key has. */
const keyBody = (pem: string): string => pem.replaceAll(/-----[^-]+-----/g, '').trim();

/** What the deployment's secret holds. */
export const secretsIn = (secret: string): readonly Learned[] => {
  const { token, privateKey } = JSON.parse(secret) as {
    readonly token?: string;
    readonly privateKey?: string;
  };
  return [
    ...(token === undefined ? [] : [['GitHub token', token] as const]),
    ...(privateKey === undefined ? [] : [['App key', keyBody(privateKey)] as const]),
  ];
};

/** The secrets that an answer brings into the world, and the credential by which it was asked for. */
export const secretsOf = ({ call, request, response }: WireExchange): readonly Learned[] => {
  const text = (key: string): string => String(bodyOf(response)[key] ?? '');
  if (response.status >= 300) return [];
  switch (`${call.service} ${call.operation}`) {
    case 'kms GenerateDataKey':
      return [['data key', Buffer.from(text('Plaintext'), 'base64')]];
    case 'github GenerateJitConfig':
      return [[jitConfigOf(String(bodyOf(request)['name'])), text('encoded_jit_config')]];
    case 'github CreateAccessToken':
      return [
        ['installation token', text('token')],
        ['App JWT', (request.headers['authorization'] ?? '').replace(/^bearer /i, '')],
      ];
    default:
      return [];
  }
};
