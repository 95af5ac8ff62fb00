import { AwsFault, jsonService, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

/** Systems Manager's Parameter Store, which holds texts by name. */
export class ParameterStore {
  readonly #values = new Map<string, string>();

  put(name: string, value: string): void {
    this.#values.set(name, value);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }

  /** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
  service(): CloudService {
    return jsonService('ssm', '1.1', {
      GetParameter: (parameters) => {
        const name = textParameter(parameters, 'Name');
        const value = this.#values.get(name);
        if (value === undefined) throw new AwsFault('ParameterNotFound', `Parameter ${name} not found.`);
        return { Parameter: { Name: name, Type: 'String', Value: value, Version: 1 } };
      },
      /** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
      PutParameter: (parameters) => {
        const name = textParameter(parameters, 'Name');
        if (this.#values.has(name) && parameters['Overwrite'] !== true)
          throw new AwsFault('ParameterAlreadyExists', 'The parameter already exists.');
        this.#values.set(name, textParameter(parameters, 'Value'));
        return { Version: 2, Tier: 'Standard' };
      },
    });
  }
}
