import { AwsFault, jsonService, textParameter } from './aws-json.ts';
import type { CloudService } from './wire.ts';

/** Systems Manager's Parameter Store, which holds texts by name. */
export class ParameterStore {
  readonly #values = new Map<string, string>();

  put(name: string, value: string): void {
    this.#values.set(name, value);
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
    });
  }
}
