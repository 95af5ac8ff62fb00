import { AwsFault, jsonService, textParameter } from '../../wire/aws-json.ts';
import type { CloudService } from '../../wire/wire.ts';

/** Systems Manager's Parameter Store, which holds texts by name. */
export class ParameterStore {
  readonly #values = new Map<string, string>();
  readonly #patterns = new Map<string, string>();

  /** Sets a value, whatever it is; a pattern that is given holds for those that are put afterwards. */
  put(name: string, value: string, allowedPattern?: string): void {
    this.#values.set(name, value);
    if (allowedPattern !== undefined) this.#patterns.set(name, allowedPattern);
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
        const value = textParameter(parameters, 'Value');
        this.#requireValue(name, value);
        this.#values.set(name, value);
        return { Version: 2, Tier: 'Standard' };
      },
    });
  }

  /** Of the Standard tier, 4 KB (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
  #requireValue(name: string, value: string): void {
    const pattern = this.#patterns.get(name);
    if (value === '') throw new AwsFault('ValidationException', 'Value must have length greater than 0');
    if (Buffer.byteLength(value) > 4_096)
      throw new AwsFault(
        'ValidationException',
        'Standard tier parameters support a maximum of 4096 characters',
      );
    if (pattern !== undefined && !new RegExp(pattern).test(value))
      throw new AwsFault(
        'ParameterPatternMismatchException',
        `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
      );
  }
}
