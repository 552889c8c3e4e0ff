import { z } from 'zod';

/**
 * A person in a command or an event: the pseudonym (uuid) that the directory gives. The mark `x-person` goes into every JSON Schema of it, so that a client can
 * take a key or an office in its place, look the id up (`GET /v1/people?named=…`) and send that.
 */
export const personId = z
  .uuid()
  .meta({ 'x-person': true, description: 'Person id: the pseudonym that the directory gives to a person' });
