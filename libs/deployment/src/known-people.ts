import { leaderPosts, roleGrants } from '@plumbline/organization/domain';
import type { KnownPeople } from '@plumbline/platform/http';
import type { Deployment } from './deployment';

/** Somebody is known by the directory, by a role they were ever granted, or by a post they were ever assigned. */
export const knownPeople = ({
  directory,
  reader,
  store,
}: Pick<Deployment, 'directory' | 'reader' | 'store'>): KnownPeople => ({
  async unknown(personIds) {
    const listed = await directory.resolve(personIds);
    const asked = personIds.filter((id) => !listed.has(id));
    if (asked.length === 0) return [];
    const after = (await store.head()).position;
    const recorded = await reader.at({ after }, [roleGrants, leaderPosts] as never, async (view) => {
      const grants = await view.rows(roleGrants, { where: { personId: asked } });
      const posts = await view.rows(leaderPosts, { where: { leader: asked } });
      return new Set([...grants.map(({ personId }) => personId), ...posts.map(({ leader }) => leader)]);
    });
    return asked.filter((id) => !recorded.has(id));
  },
});
