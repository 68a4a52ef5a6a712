using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <content>Operations on tokens, groups and invitations; touching and pruning.</content>
public abstract partial class RandomSequenceConformance
{
    private static readonly string[] GroupNames = ["Alpha", "beta", "Gamma", "Äpfel", "delta 4"];

    private Task TouchAsync()
    {
        var (session, token, at) = (Any(sessions), Any(tokens), Now.AddSeconds(random.Next(9) - 4));
        return BothAsync("touch", async (set, side) =>
        {
            await set.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Ids[side]] = at }, Ct);
            await set.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Ids[side]] = at }, Ct);
            return "";
        });
    }

    private Task PruneAsync()
    {
        var (now, idleBefore, way) = (Now, Now.AddSeconds(-40).AddMilliseconds(500), random.Next(6));
        return BothAsync("prune " + way, async (set, _) => "removed " + (way switch
        {
            0 => await set.Sessions.PruneAsync(now, idleBefore, Ct),
            1 => await set.Sessions.PruneAsync(now, null, Ct),
            2 => await set.Tokens.PruneAsync(now, Ct),
            3 => await set.Invitations.PruneAsync(now, Ct),
            4 => await set.Approvals.RemoveContentAsync(now.AddSeconds(-20), Ct),
            _ => await set.Codes.PruneAsync(now, Ct),
        }));
    }

    private Task CreateTokenAsync()
    {
        // A token is made with a token of the same user; anything else is the caller's mistake.
        var (parent, entry) = (random.OneIn(3) ? Any(tokens) : null, Entry());
        var user = parent?.Owner ?? Any(users);
        var draft = DraftToken(0, parent is null ? (random.OneIn(2) ? Now.AddSeconds(random.Next(60)) : null) : parent.ExpiresAt, null, 4);
        var handle = new Handle(draft.Prefix, draft.Hash) { ExpiresAt = draft.ExpiresAt, Owner = user };
        tokens.Add(handle);
        return BothAsync($"create token {draft.Prefix} of {user.Name} with {parent?.Name}", async (set, side) => Answer(
            await set.Tokens.TryCreateAsync(draft with { UserId = user.Ids[side], ParentId = parent?.Ids[side] }, entry, Ct),
            t => (handle.Ids[side] = t.Id) > 0 ? t.Owner.Username : "no id"));
    }

    private Task RevokeTokenAsync()
    {
        var (token, entry) = (Any(tokens), Entry());
        return BothAsync("revoke token " + token.Name, async (set, side) =>
            token.Ended(await set.Tokens.TryRevokeAsync(token.Ids[side], entry, Ct) == WriteStatus.Done));
    }

    private Task CreateGroupAsync()
    {
        var (draft, entry) = (DraftGroup(SomeGroupName()), Entry());
        var group = NewHandle(groups, draft.Name);
        return BothAsync("create group " + draft.Name, async (set, side) => Answer(
            await set.Groups.TryCreateAsync(draft, entry, Ct), g => (group.Ids[side] = g.Id) > 0 ? g.Name : "no id"));
    }

    private Task UpdateGroupAsync()
    {
        var (group, entry) = (Any(groups), Entry());
        var change = new GroupChange { Name = random.OneIn(2) ? SomeGroupName() : null, Tier = random.Next(5) };
        return BothAsync($"update group {group.Name} to {change.Name}", async (set, side) => Answer(
            await set.Groups.TryUpdateAsync(group.Ids[side], change, entry, Ct), g => $"{g.Name} {g.Tier} {g.MemberCount}"));
    }

    private Task DeleteGroupAsync()
    {
        var (group, entry) = (Any(groups), Entry());
        return BothAsync("delete group " + group.Name, async (set, side) =>
            group.Ended(await set.Groups.TryDeleteAsync(group.Ids[side], entry, Ct) == WriteStatus.Done));
    }

    private Task AddMemberAsync()
    {
        var (group, user, entry) = (Any(groups), Any(users), Entry());
        return BothAsync($"add {user.Name} to {group.Name}", async (set, side) =>
        {
            // Whether adding a member twice is audited twice is left to the store, so only the first time is tried.
            var belongs = (await set.Groups.ListOfUserAsync(user.Ids[side], Ct)).Any(g => g.Id == group.Ids[side]);
            return belongs ? "belongs" : Answer(await set.Groups.TryAddMemberAsync(group.Ids[side], user.Ids[side], entry, Ct));
        });
    }

    private Task RemoveMemberAsync()
    {
        var (group, user, entry) = (Any(groups), Any(users), Entry());
        return BothAsync($"remove {user.Name} from {group.Name}", async (set, side) =>
            $"{await set.Groups.TryRemoveMemberAsync(group.Ids[side], user.Ids[side], entry, Ct)}");
    }

    private Task InviteAsync()
    {
        var (maker, group, entry) = (random.OneIn(2) ? Any(users) : null, random.OneIn(2) ? Any(groups) : null, Entry());
        var draft = DraftInvitation(null, 1 + random.Next(4), Role.Viewer, null, Now.AddSeconds(60 + random.Next(600)), 6);
        var handle = new Handle(draft.Prefix, draft.Hash);
        invitations.Add(handle);
        return BothAsync($"invite {draft.Prefix} by {maker?.Name} into {group?.Name}", async (set, side) => Answer(
            await set.Invitations.TryCreateAsync(draft with { CreatedById = maker?.Ids[side], GroupId = group?.Ids[side] }, entry, Ct),
            i => (handle.Ids[side] = i.Id) > 0 ? $"{i.Group?.Name}" : "no id"));
    }

    private Task RevokeInvitationAsync()
    {
        var (invitation, entry) = (Any(invitations), Entry());
        return BothAsync("revoke invitation " + invitation.Name, async (set, side) =>
            invitation.Ended(await set.Invitations.TryRevokeAsync(invitation.Ids[side], entry, Ct) == WriteStatus.Done));
    }

    private string SomeGroupName()
    {
        var name = random.Pick(GroupNames);
        return random.OneIn(2) ? name.ToUpperInvariant() : name;
    }
}
