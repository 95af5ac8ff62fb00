import type { Stack } from '../../../local/template/stack.ts';
import { type Case, call } from './call.ts';
import { deployment } from './recorded-launch.ts';

const runner = `rr_runner_1f_x86_64-1-1-${deployment}`;
const openers = ['request-on-demand-instance', 'request-spot-instance'];

const readers = [
  'check-gone',
  'check-idle',
  'check-need',
  'check-runner',
  'deregister-runner',
  'discard-round',
  'fetch-jit-config',
  'sweep',
  'withdraw-labels',
];

const seal = (KeyId: string, EncryptionContext?: object) =>
  call('kms', 'GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext });

const open = (EncryptionContext?: object, KeyId?: string) =>
  call('kms', 'Decrypt', {
    CiphertextBlob: 'x',
    EncryptionContext,
    ...(KeyId === undefined ? {} : { KeyId }),
  });

const otherKey = 'arn:aws:kms:us-east-2:000000000000:key/00000000-0000-0000-0000-000000000000';
const otherSecret = 'arn:aws:secretsmanager:us-east-2:000000000000:secret:production-abcdef';

/** The GitHub secret, the seal, and the switch. A caller of GitHub's is who needs the secret. */
export const secretCases = (
  {
    keyArns: [key = ''],
    secretArns: [secret = ''],
    generatedSecrets: [webhook],
    parameters: [parameter],
  }: Stack,
  alsoReading: readonly string[],
): readonly Case[] => {
  const name = parameter?.name ?? '';
  return [
    [
      'read the GitHub secret',
      call('secretsmanager', 'GetSecretValue', { SecretId: secret }),
      [...readers, ...alsoReading],
    ],
    [
      'read the webhook’s secret',
      call('secretsmanager', 'GetSecretValue', { SecretId: webhook?.arn ?? '' }),
      ['receive-webhook'],
    ],
    ['read another secret', call('secretsmanager', 'GetSecretValue', { SecretId: otherSecret })],
    [
      'write the GitHub secret',
      call('secretsmanager', 'PutSecretValue', { SecretId: secret, SecretString: 'x' }),
    ],
    ['seal for a runner of ours', seal(key, { runner }), ['fetch-jit-config']],
    ['seal for nobody', seal(key)],
    ['seal for another deployment’s runner', seal(key, { runner: 'rr_runner_1f_x86_64-1-1-deadbeef' })],
    ['seal with another prefix', seal(key, { runner: `other_1f_x86_64-1-1-${deployment}` })],
    ['seal with another key', seal(otherKey, { runner })],
    ['open what was sealed for a runner of ours', open({ runner }), openers],
    ['open what was sealed for nobody', open()],
    ['open what another deployment sealed', open({ runner: 'rr_runner_1f_x86_64-1-1-deadbeef' })],
    ['open with another key', open({ runner }, otherKey)],
    [
      'read the switch',
      call('ssm', 'GetParameter', { Name: name }),
      ['look-at-queue', 'receive-webhook', 'request-runners', 'switch-admission'],
    ],
    ['turn the switch', call('ssm', 'PutParameter', { Name: name, Value: 'open' }), ['switch-admission']],
    ['read another parameter', call('ssm', 'GetParameter', { Name: '/production/password' })],
    ['write another parameter', call('ssm', 'PutParameter', { Name: '/production/password', Value: 'x' })],
  ];
};
