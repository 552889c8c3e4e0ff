import type { CommandBody } from '@plumbline/kernel';

type Said = Readonly<Record<string, string>>;

const WORDS: Readonly<Record<string, (said: Said) => string>> = {
  'organization.NameRootUnit': ({ unit }) => `${unit} stands at the head of the organisation`,
  'organization.RegisterUnit': ({ code, name, parent, validFrom }) =>
    `${code} "${name}" is new${parent === undefined ? '' : `, under ${parent}`}${validFrom === undefined ? '' : `, from ${validFrom} on`}`,
  'organization.RenameUnit': ({ unit, name, validFrom }) => `${unit} is called "${name}" from ${validFrom} on`,
  'organization.MoveUnit': ({ unit, parent, validFrom }) => `${unit} stands under ${parent} from ${validFrom} on`,
  'organization.MarkUnitClassDefined': ({ unit }) => `${unit} is defined by a protected class: never evaluated`,
  'organization.AssignLeader': ({ unit, role, from }) => `${unit} has a new ${role} from ${from} on`,
  'organization.UnassignLeader': ({ unit, role, to }) => `${unit}: whoever was ${role} is so until ${to}`,
  'organization.CloseUnit': ({ unit, validFrom }) => `${unit} is closed from ${validFrom} on`,
};

/** What a file changes of the organisation, in words that name no person. */
export const inWords = ({ type, data }: CommandBody): string | undefined => WORDS[type]?.(data as Said);
