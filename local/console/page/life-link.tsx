import { lifeHash } from './address.ts';
import { useConsole } from './console-context.ts';

/** A life's name, which opens it as long as it is here. */
export const LifeLink = ({
  life,
  children = life,
}: {
  readonly life: string | undefined;
  readonly children?: string | undefined;
}) => {
  const { state, address } = useConsole();
  const isHere = state.lives.some(({ name }) => name === life);
  if (life === undefined || !isHere) return <span class="code">{children}</span>;
  return (
    <a class="code" href={lifeHash(address, life)}>
      {children}
    </a>
  );
};
