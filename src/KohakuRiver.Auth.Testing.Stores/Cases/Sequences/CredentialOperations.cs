using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.SequenceAnswers;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Operations on run.Tokens, groups and run.Invitations; touching and pruning.</summary>
internal sealed class CredentialOperations(SequenceCases run)
{
    private static readonly string[] GroupNames = ["Alpha", "beta", "Gamma", "Äpfel", "delta 4"];

    internal Task TouchAsync()
    {
        var (session, token, at) = (run.Any(run.Sessions), run.Any(run.Tokens), run.Now.AddSeconds(run.Random.Next(9) - 4));
        return run.BothAsync("touch", async (set, side) =>
        {
            await set.Sessions.TouchAsync(new Dictionary<long, DateTimeOffset> { [session.Ids[side]] = at }, StoreCases.Ct);
            await set.Tokens.TouchAsync(new Dictionary<long, DateTimeOffset> { [token.Ids[side]] = at }, StoreCases.Ct);
            return "";
        });
    }

    internal Task PruneAsync()
    {
        var (now, idleBefore, way) = (run.Now, run.Now.AddSeconds(-40).AddMilliseconds(500), run.Random.Next(6));
        return run.BothAsync("prune " + way, async (set, _) => "removed " + (way switch
        {
            0 => await set.Sessions.PruneAsync(now, idleBefore, StoreCases.Ct),
            1 => await set.Sessions.PruneAsync(now, null, StoreCases.Ct),
            2 => await set.Tokens.PruneAsync(now, StoreCases.Ct),
            3 => await set.Invitations.PruneAsync(now, StoreCases.Ct),
            4 => await set.Approvals.RemoveContentAsync(now.AddSeconds(-20), StoreCases.Ct),
            _ => await set.Codes.PruneAsync(now, StoreCases.Ct),
        }));
    }

    internal Task CreateTokenAsync()
    {
        // A token is created with a token of the same user; anything else is the caller's mistake.
        var (parent, entry) = (run.Random.OneIn(3) ? run.Any(run.Tokens) : null, run.Entry());
        var user = parent?.Owner ?? run.Any(run.Users);
        var draft = run.DraftToken(
            0, parent is null ? (run.Random.OneIn(2) ? run.Now.AddSeconds(run.Random.Next(60)) : null) : parent.ExpiresAt, null, 4);
        var handle = new Handle(draft.Prefix, draft.Hash) { ExpiresAt = draft.ExpiresAt, Owner = user };
        run.Tokens.Add(handle);
        return run.BothAsync($"create token {draft.Prefix} of {user.Name} with {parent?.Name}", async (set, side) => Answer(
            await set.Tokens.TryCreateAsync(draft with { UserId = user.Ids[side], ParentId = parent?.Ids[side] }, entry, StoreCases.Ct),
            t => (handle.Ids[side] = t.Id) > 0 ? t.Owner.Username : "no id"));
    }

    internal Task RevokeTokenAsync()
    {
        var (token, entry) = (run.Any(run.Tokens), run.Entry());
        return run.BothAsync("revoke token " + token.Name, async (set, side) =>
            token.Ended(await set.Tokens.TryRevokeAsync(token.Ids[side], entry, StoreCases.Ct) == WriteStatus.Done));
    }

    internal Task CreateGroupAsync()
    {
        var (draft, entry) = (run.DraftGroup(SomeGroupName()), run.Entry());
        var group = NewHandle(run.Groups, draft.Name);
        return run.BothAsync("create group " + draft.Name, async (set, side) => Answer(
            await set.Groups.TryCreateAsync(draft, entry, StoreCases.Ct), g => (group.Ids[side] = g.Id) > 0 ? g.Name : "no id"));
    }

    internal Task UpdateGroupAsync()
    {
        var (group, entry) = (run.Any(run.Groups), run.Entry());
        var change = new GroupChange { Name = run.Random.OneIn(2) ? SomeGroupName() : null, Tier = run.Random.Next(5) };
        return run.BothAsync($"update group {group.Name} to {change.Name}", async (set, side) => Answer(
            await set.Groups.TryUpdateAsync(group.Ids[side], change, entry, StoreCases.Ct), g => $"{g.Name} {g.Tier} {g.MemberCount}"));
    }

    internal Task DeleteGroupAsync()
    {
        var (group, entry) = (run.Any(run.Groups), run.Entry());
        return run.BothAsync("delete group " + group.Name, async (set, side) =>
            group.Ended(await set.Groups.TryDeleteAsync(group.Ids[side], entry, StoreCases.Ct) == WriteStatus.Done));
    }

    internal Task AddMemberAsync()
    {
        var (group, user, entry) = (run.Any(run.Groups), run.Any(run.Users), run.Entry());
        return run.BothAsync($"add {user.Name} to {group.Name}", async (set, side) =>
        {
            // Whether adding a member twice is audited twice is left to the store, so only the first time is tried.
            var belongs = (await set.Groups.ListOfUserAsync(user.Ids[side], StoreCases.Ct)).Any(g => g.Id == group.Ids[side]);
            return belongs ? "belongs" : Answer(await set.Groups.TryAddMemberAsync(group.Ids[side], user.Ids[side], entry, StoreCases.Ct));
        });
    }

    internal Task RemoveMemberAsync()
    {
        var (group, user, entry) = (run.Any(run.Groups), run.Any(run.Users), run.Entry());
        return run.BothAsync($"remove {user.Name} from {group.Name}", async (set, side) =>
            $"{await set.Groups.TryRemoveMemberAsync(group.Ids[side], user.Ids[side], entry, StoreCases.Ct)}");
    }

    internal Task InviteAsync()
    {
        var (maker, group, entry) = (
            run.Random.OneIn(2) ? run.Any(run.Users) : null, run.Random.OneIn(2) ? run.Any(run.Groups) : null, run.Entry());
        var draft = run.DraftInvitation(null, 1 + run.Random.Next(4), Role.Viewer, null, run.Now.AddSeconds(60 + run.Random.Next(600)), 6);
        var handle = new Handle(draft.Prefix, draft.Hash);
        run.Invitations.Add(handle);
        return run.BothAsync($"invite {draft.Prefix} by {maker?.Name} into {group?.Name}", async (set, side) => Answer(
            await set.Invitations.TryCreateAsync(
                draft with { CreatedById = maker?.Ids[side], GroupId = group?.Ids[side] }, entry, StoreCases.Ct),
            i => (handle.Ids[side] = i.Id) > 0 ? $"{i.Group?.Name}" : "no id"));
    }

    internal Task RevokeInvitationAsync()
    {
        var (invitation, entry) = (run.Any(run.Invitations), run.Entry());
        return run.BothAsync("revoke invitation " + invitation.Name, async (set, side) =>
            invitation.Ended(await set.Invitations.TryRevokeAsync(invitation.Ids[side], entry, StoreCases.Ct) == WriteStatus.Done));
    }

    private string SomeGroupName()
    {
        var name = run.Random.Pick(GroupNames);
        return run.Random.OneIn(2) ? name.ToUpperInvariant() : name;
    }
}
