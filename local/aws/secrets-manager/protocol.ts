import { AwsFault, jsonService, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

/** Secrets Manager, which holds texts by ARN. */
export class Secrets {
  readonly #values = new Map<string, string | undefined>();

  /** A secret exists from its creation on; until it is filled it has no value. */
  add(arn: string): void {
    this.#values.set(arn, undefined);
  }

  put(arn: string, value: string | undefined): void {
    this.#values.set(arn, value);
  }

  get(arn: string): string | undefined {
    return this.#values.get(arn);
  }

  delete(arn: string): void {
    this.#values.delete(arn);
  }

  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
  service(): CloudService {
    return jsonService('secretsmanager', '1.1', {
      GetSecretValue: (parameters) => {
        const arn = String(parameters['SecretId']);
        const value = this.#values.get(arn);
        if (value === undefined)
          throw new AwsFault(
            'ResourceNotFoundException',
            "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
          );
        return { ARN: arn, Name: arn.split(':').at(-1), SecretString: value };
      },
      /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
      PutSecretValue: (parameters) => {
        const arn = textParameter(parameters, 'SecretId');
        if (!this.#values.has(arn))
          throw new AwsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
        this.#values.set(arn, textParameter(parameters, 'SecretString'));
        return { ARN: arn, Name: arn.split(':').at(-1), VersionStages: ['AWSCURRENT'] };
      },
    });
  }
}
