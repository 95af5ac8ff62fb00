import type { EC2ClientConfig } from '@aws-sdk/client-ec2';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How the AWS SDK's clients reach AWS: everything that differs between Lambda, `npm start` and a test. */
export interface AwsConnection {
  readonly region: string;
  /** A function, which the SDK asks again before they expire, but in Lambda, where they outlive the process. */
  readonly credentials: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Absent in Lambda, where the SDK knows AWS's own endpoints. */
  readonly endpoint?: string;
  /** Absent but in tests, which answer in process. */
  readonly requestHandler?: NonNullable<EC2ClientConfig['requestHandler']>;
  /** Absent but in simulations, where nobody checks a signature, and only the signer's name counts. */
  readonly signerConstructor?: NonNullable<EC2ClientConfig['signerConstructor']>;
}

/** After which a request counts as unanswered; whether it had its effect nobody knows. */
export const requestTimeoutMs = 8_000;

/** Without `throwOnRequestTimeout` the SDK only warns of a request that hangs, and waits on. */
const handlerLimits = {
  connectionTimeout: 3_000,
  requestTimeout: requestTimeoutMs,
  throwOnRequestTimeout: true,
};

/**
 * The configuration that every client shares. The SDK tries a request twice, within seconds; longer waits are
 * the state machine's, where an operator sees them.
 */
export const clientConfiguration = (connection: AwsConnection) => ({
  region: connection.region,
  credentials: connection.credentials,
  maxAttempts: 2,
  requestHandler: connection.requestHandler ?? handlerLimits,
  ...(connection.signerConstructor === undefined ? {} : { signerConstructor: connection.signerConstructor }),
  ...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),
});

/** Gives each connection its one client of a service, made when it is first needed, with what differs for it. */
export const clientFor = <Client>(
  Type: new (configuration: ReturnType<typeof clientConfiguration>) => Client,
  own: Partial<Pick<ReturnType<typeof clientConfiguration>, 'maxAttempts'>> = {},
): ((connection: AwsConnection) => Client) => {
  const clients = new WeakMap<AwsConnection, Client>();
  return (connection) => {
    const client = clients.get(connection) ?? new Type({ ...clientConfiguration(connection), ...own });
    clients.set(connection, client);
    return client;
  };
};
