import { Fold } from './fold.tsx';

/** A Lambda's cause is JSON, of which the message is for people. */
const messageOf = (cause: string): { readonly message: string; readonly whole?: unknown } => {
  try {
    const whole: unknown = JSON.parse(cause);
    const isError = typeof whole === 'object' && whole !== null && 'errorMessage' in whole;
    return isError ? { message: String(whole.errorMessage), whole } : { message: cause };
  } catch {
    return { message: cause };
  }
};

/** An error and its cause: the sentence first, the whole of it on demand. */
export const Cause = ({
  error,
  cause = '',
}: {
  readonly error: string;
  readonly cause?: string | undefined;
}) => {
  const { message, whole } = messageOf(cause);
  return (
    <div class="cause">
      <p>
        <strong>{error}</strong> {message}
      </p>
      {whole !== undefined && <Fold title="Cause" value={whole} />}
    </div>
  );
};
