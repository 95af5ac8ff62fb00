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
