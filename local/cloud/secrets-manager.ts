import { AwsFault, jsonService } from './aws-json.ts';
import type { CloudService } from './wire.ts';

/** Secrets Manager, which holds texts by ARN. */
export class Secrets {
  readonly #values = new Map<string, string | undefined>();

  /** A secret exists from its creation on; until it is filled it has no value. */
  add(arn: string): void {
    this.#values.set(arn, undefined);
  }

  put(arn: string, value: string): void {
    this.#values.set(arn, value);
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
    });
  }
}
