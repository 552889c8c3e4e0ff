/** Raised with every change below; `migrateEventStore` refuses a database of a newer one. */
export const SCHEMA_VERSION = 2;

/** Our own SQLSTATEs. */
export const SQL_STALE_REVISION = 'PL001';
export const SQL_EVENTS_ARE_NEVER_CHANGED = 'PL002';
export const SQL_WRONG_ISOLATION = 'PL003';
export const SQL_NOT_ALL_STAGED = 'PL004';

/** Payload: the position of the head. */
export const CHANNEL = 'plumbline_events';

/**
 * `known_at` is the running maximum of `recorded_at`, kept beside it so that a date finds its position by halving. `commitment` is SHA-256 of `bytes`,
 * made by the writer before it locks anything.
 */
const TABLES = `
CREATE TABLE event_store.version (version integer NOT NULL);
CREATE TABLE event_store.events (
  position bigint PRIMARY KEY,
  stream text NOT NULL,
  revision integer NOT NULL CHECK (revision >= 0),
  id uuid NOT NULL,
  type text NOT NULL,
  recorded_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL CHECK (known_at >= recorded_at),
  bytes bytea NOT NULL,
  commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
  CONSTRAINT an_event_id_is_recorded_once UNIQUE (id),
  CONSTRAINT a_revision_is_recorded_once UNIQUE (stream, revision)
);
CREATE INDEX events_by_type ON event_store.events (type, position);
CREATE TABLE event_store.streams (stream text PRIMARY KEY, revision integer NOT NULL) WITH (fillfactor = 80);
CREATE TABLE event_store.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint NOT NULL,
  event uuid,
  known_at timestamptz NOT NULL
);
INSERT INTO event_store.head (position, event, known_at) VALUES (0, NULL, '-infinity');
`;

const NEVER_CHANGED = `
CREATE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are never changed' USING ERRCODE = '${SQL_EVENTS_ARE_NEVER_CHANGED}';
END $$;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.events
  FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
ALTER TABLE event_store.events ENABLE ALWAYS TRIGGER events_are_never_changed;
`;

/**
 * Where the events of a large append lie until all of them are made: outside the log's own journal, and bound to no lock. What a writer that died left here is
 * let go at a later start.
 */
const STAGED = `
CREATE UNLOGGED TABLE event_store.staged (
  append uuid NOT NULL,
  n integer NOT NULL,
  stream text NOT NULL,
  revision integer NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  bytes bytea NOT NULL,
  stamp_at integer NOT NULL,
  staged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (append, n)
);
CREATE FUNCTION event_store.stage(
  append_id uuid, before integer, ids uuid[], types text[], event_streams text[], revisions integer[], offsets integer[], lengths integer[],
  stamps integer[], all_bytes bytea
) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO event_store.staged (append, n, stream, revision, id, type, bytes, stamp_at)
    SELECT append_id, before + e.n, e.stream, e.revision, e.id, e.type, substring(all_bytes FROM e.start FOR e.length), e.stamp_at
    FROM unnest(ids, types, event_streams, revisions, offsets, lengths, stamps)
      WITH ORDINALITY AS e(id, type, stream, revision, start, length, stamp_at, n);
$$;
CREATE FUNCTION event_store.unstage(append_id uuid) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp AS 'DELETE FROM event_store.staged WHERE append = append_id';
REVOKE ALL ON FUNCTION event_store.stage FROM PUBLIC;
REVOKE ALL ON FUNCTION event_store.unstage FROM PUBLIC;
`;

/** Which streams an append writes, from where to where, and which it only asserts. */
const STREAMS =
  'stream_names text[], expected integer[], next integer[], unchanged_names text[], unchanged_revisions integer[]';

/**
 * The only ways in. They run as the owner, so that the writer needs no right on the tables. Each statement of a volatile function in READ COMMITTED sees
 * what was committed before it: the check of revisions comes after the wait for the head, and sees what the other writer did. (One statement with CTEs
 * would see the revisions of before the wait.) Streams are looked up by index, whatever a plan made on an empty table thought best.
 */
const appendFunction = (name: string, parameters: string, events: string, count: string, last: string): string => `
CREATE FUNCTION event_store.${name}(${STREAMS}, ${parameters}, OUT first bigint, OUT known timestamptz)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  base bigint;
  stale text;
  written bigint;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'appends run in READ COMMITTED' USING ERRCODE = '${SQL_WRONG_ISOLATION}';
  END IF;
  SELECT h.position, greatest(h.known_at, stamp) INTO base, known FROM event_store.head h FOR UPDATE;
  SELECT min(w.stream) INTO stale
    FROM (SELECT * FROM unnest(stream_names, expected) UNION ALL SELECT * FROM unnest(unchanged_names, unchanged_revisions)) AS w(stream, revision)
    LEFT JOIN event_store.streams s ON s.stream = w.stream
    WHERE coalesce(s.revision, -1) <> w.revision;
  IF stale IS NOT NULL THEN
    RAISE EXCEPTION 'stale revision' USING ERRCODE = '${SQL_STALE_REVISION}', DETAIL = stale;
  END IF;
  INSERT INTO event_store.events (position, stream, revision, id, type, recorded_at, known_at, bytes, commitment)
${events};
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> ${count} THEN
    RAISE EXCEPTION '% events of % are there', written, ${count} USING ERRCODE = '${SQL_NOT_ALL_STAGED}';
  END IF;
  INSERT INTO event_store.streams AS s (stream, revision) SELECT * FROM unnest(stream_names, next)
    ON CONFLICT (stream) DO UPDATE SET revision = EXCLUDED.revision;
  UPDATE event_store.head SET position = base + written, event = ${last}, known_at = known;
  first := base + 1;
END $$;
REVOKE ALL ON FUNCTION event_store.${name} FROM PUBLIC;
`;

const APPEND = appendFunction(
  'append',
  `ids uuid[], types text[], event_streams text[], revisions integer[], offsets integer[], lengths integer[],
  all_bytes bytea, commitments bytea, stamp timestamptz`,
  `    SELECT base + e.n, e.stream, e.revision, e.id, e.type, stamp, known,
           substring(all_bytes FROM e.start FOR e.length), substring(commitments FROM (32 * (e.n - 1) + 1)::integer FOR 32)
    FROM unnest(ids, types, event_streams, revisions, offsets, lengths) WITH ORDINALITY AS e(id, type, stream, revision, start, length, n)`,
  'cardinality(ids)',
  'ids[cardinality(ids)]',
);

/** Puts staged events into the log, each with the stamp in the place that was kept for it. */
const APPEND_STAGED = appendFunction(
  'append_staged',
  'append_id uuid, event_count integer, stamp timestamptz, stamp_bytes bytea',
  `    SELECT base + e.n, e.stream, e.revision, e.id, e.type, stamp, known, e.stamped, sha256(e.stamped)
    FROM (
      SELECT n, stream, revision, id, type, overlay(bytes PLACING stamp_bytes FROM stamp_at + 1) AS stamped
      FROM event_store.staged WHERE append = append_id ORDER BY n
    ) AS e`,
  'event_count',
  '(SELECT id FROM event_store.staged WHERE append = append_id ORDER BY n DESC LIMIT 1)',
).replace('  first := base + 1;', '  DELETE FROM event_store.staged WHERE append = append_id;\n  first := base + 1;');

/** Halving over positions, so no index on dates slows the appends; gaps would not disturb it. */
const POSITION_BEFORE = `
CREATE FUNCTION event_store.position_before(instant timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint := 0;
  high bigint;
  middle bigint;
  found_position bigint;
  found_known timestamptz;
BEGIN
  SELECT position INTO high FROM event_store.head;
  WHILE low < high LOOP
    middle := low + (high - low + 1) / 2;
    SELECT position, known_at INTO found_position, found_known
      FROM event_store.events WHERE position <= middle ORDER BY position DESC LIMIT 1;
    IF found_position IS NULL OR found_position <= low THEN low := middle;
    ELSIF found_known < instant THEN low := middle;
    ELSE high := found_position - 1;
    END IF;
  END LOOP;
  RETURN coalesce((SELECT max(position) FROM event_store.events WHERE position <= low), 0);
END $$;
`;

/** From an empty database to this version, in one transaction. */
export const CREATE_SCHEMA = `CREATE SCHEMA IF NOT EXISTS event_store;${TABLES}${NEVER_CHANGED}${STAGED}${APPEND}${APPEND_STAGED}${POSITION_BEFORE}`;

/** From each earlier version to the next, by the version they start from. */
export const UPGRADES: Readonly<Record<number, string>> = { 1: `${STAGED}${APPEND_STAGED}` };

/** How long events may lie staged: far longer than any append takes. */
export const FORGET_ABANDONED = "DELETE FROM event_store.staged WHERE staged_at < now() - interval '1 day'";

/** Who may do what, where roles are apart. */
export const grants = (writer: string, reader: string): string => `
GRANT USAGE ON SCHEMA event_store TO ${writer}, ${reader};
GRANT SELECT ON ALL TABLES IN SCHEMA event_store TO ${writer}, ${reader};
GRANT EXECUTE ON FUNCTION event_store.append, event_store.append_staged, event_store.stage, event_store.unstage TO ${writer};
`;
