import { basename } from 'node:path';
import type { AssetDirectories } from '../../infra/cloud-assembly.ts';
import { asNumber, asProperties, asText, asTexts } from './properties.ts';
import type { StackResource, Template } from './template.ts';

/** A Lambda function of the stack, ready to run. */
export interface StackFunction {
  /** The physical name, which is in its ARN. */
  readonly name: string;
  /** Its file under `functions/`, without the ending. */
  readonly stem: string;
  /** The folder of its bundle. */
  readonly assetDirectory: string;
  /** `<module>.<export>`, as the template has it. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMib: number;
  readonly roleArn: string;
}

/** Which of the project's functions a bundle is: its module's name, or its folder's when that is `index`. */
const stemOf = (handler: string, assetDirectory: string): string => {
  const [module = ''] = handler.split('.');
  return module === 'index' ? basename(assetDirectory) : module;
};

const stackFunction = ({ ids, properties }: StackResource, assets: AssetDirectories): StackFunction => {
  const handler = asText(properties['Handler']);
  const assetDirectory = assets(asText(asProperties(properties['Code'])['S3Key']));
  return {
    name: ids.ref,
    stem: stemOf(handler, assetDirectory),
    assetDirectory,
    handler,
    environment: asTexts(asProperties(properties['Environment'] ?? {})['Variables']),
    timeoutSeconds: asNumber(properties['Timeout'] ?? 3),
    memoryMib: asNumber(properties['MemorySize'] ?? 128),
    roleArn: asText(properties['Role']),
  };
};

/** The stack's functions. */
export const stackFunctions = (template: Template, assets: AssetDirectories): readonly StackFunction[] =>
  template.resources('AWS::Lambda::Function').map((resource) => stackFunction(resource, assets));
