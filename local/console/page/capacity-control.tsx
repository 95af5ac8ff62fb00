import { useId, useState } from 'preact/hooks';
import type { Market } from '../../../functions/domain/ports.ts';
import type { ShownFault } from '../console-state.ts';
import { call } from './call.ts';
import { endOfShortage, isShortageOf, shortageOf } from './capacity.ts';
import { faultText } from './happenings.ts';
import { OutcomeText, type Said } from './outcome-text.tsx';

const markets: readonly Market[] = ['spot', 'on-demand'];

const MarketRow = ({
  market,
  isShort,
  onSaid,
}: {
  readonly market: Market;
  readonly isShort: boolean;
  readonly onSaid: (said: Said) => void;
}) => {
  const change = async (): Promise<void> => {
    const outcome = isShort
      ? await call('DELETE', endOfShortage(market))
      : await call('POST', '/_local/faults', shortageOf(market));
    onSaid({
      outcome,
      done: `There is ${isShort ? 'capacity again' : 'no capacity any more'} on ${market}.`,
    });
  };
  return (
    <li data-short={isShort}>
      <span class="market" data-market={market}>
        {market}
      </span>
      <span class="capacity-state">{isShort ? 'exhausted' : 'available'}</span>
      <button type="button" onClick={change}>
        {isShort ? 'Restore' : 'Exhaust'} {market}
      </button>
    </li>
  );
};

const OtherFaults = ({ faults }: { readonly faults: readonly ShownFault[] }) =>
  faults.length === 0 ? null : (
    <div class="faults">
      <ul aria-label="Other planted faults">
        {faults.map((fault) => (
          <li key={faultText(fault)}>{faultText(fault)}</li>
        ))}
      </ul>
      <button type="button" onClick={() => call('DELETE', '/_local/faults')}>
        Clear all faults
      </button>
    </div>
  );

/** Takes capacity away and gives it back, and shows whatever else is planted. */
export const CapacityControl = ({ faults }: { readonly faults: readonly ShownFault[] }) => {
  const id = useId();
  const [said, setSaid] = useState<Said>();
  const isShort = (market: Market): boolean => faults.some((fault) => isShortageOf(fault, market));
  const others = faults.filter((fault) => !markets.some((market) => isShortageOf(fault, market)));
  return (
    <section class="control" aria-labelledby={`${id}-title`}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>EC2 capacity</h2>
        <OutcomeText said={said} />
      </div>
      <ul class="capacity">
        {markets.map((market) => (
          <MarketRow key={market} market={market} isShort={isShort(market)} onSaid={setSaid} />
        ))}
      </ul>
      <OtherFaults faults={others} />
    </section>
  );
};
