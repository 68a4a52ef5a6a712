using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>Defects that only the random sequences are asked to find: each needs several things to come together.</summary>
internal static class SequenceDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Rare("a group lost when role and groups change together", set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), call => call
                .With<UserChange>(c => c is { Role: not null, GroupIds.Count: > 0 } ? c with { GroupIds = [.. c.GroupIds.Skip(1)] } : c)
                .RealAsync<WriteResult<UserDetails>>())),
        Rare("idle sessions kept", set =>
            set.Break<ISessionStore, int>(nameof(ISessionStore.PruneAsync), call => call.WithAt(1, null).RealAsync<int>())),
        Rare("a look-up that forgets the second group", set =>
            set.Break<ITokenStore, CredentialRecord?>(nameof(ITokenStore.FindAsync), async call =>
                await call.RealAsync<CredentialRecord?>() is { } found ? found with { GroupIds = [.. found.GroupIds.Take(1)] } : null)),
        Rare("a second page in the wrong order", set =>
            set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), async call =>
            {
                var page = await call.RealAsync<Page<UserDetails>>();
                return call.Arg<UserQuery>() is { Page.After: not null, Sort: UserSort.Role }
                    ? page with { Items = [.. page.Items.Reverse()] }
                    : page;
            })),
        Rare("an invitation's group left out for its second use", set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                var before = await set.Real.Invitations.FindAsync(call.Arg<SecretHash>(), call.Ct);
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.Value is { } login && before is { Uses: > 0, Group: { } group })
                {
                    await set.Real.Groups.TryRemoveMemberAsync(
                        group.Id, login.User.User.Id, Plain(call.Arg<AuthorizedWrite>().Audit with { Action = "extra" }), call.Ct);
                }

                return result;
            })),
        Rare("a withdrawal that is never delivered", set =>
            set.Break<IApprovalStore, IReadOnlyList<Approval>>(nameof(IApprovalStore.LeaseUndeliveredAsync), async call =>
                [.. (await call.RealAsync<IReadOnlyList<Approval>>()).Where(a => a.Status != ApprovalStatus.Withdrawn)])),
        Rare("an instance that a group and a user share, listed twice", set =>
            set.Break<IVpsAssignmentStore, IReadOnlyList<string>>(nameof(IVpsAssignmentStore.ListVpsOfUserAsync), async call =>
            {
                var list = new List<string>();
                foreach (var id in await call.RealAsync<IReadOnlyList<string>>())
                {
                    var rows = await set.Real.VpsAssignments.ListAsync(id, call.Ct);
                    list.AddRange(rows.Any(r => r.User?.Id == call.Arg<long>()) && rows.Any(r => r.Group is not null) ? [id, id] : [id]);
                }

                return list;
            })),
    ];

    /// <summary>Found by one of the seeds at least.</summary>
    private static Defect Rare(string name, Action<BrokenStoreSet> apply) => new(name, [.. SuiteCase.Of(typeof(SequenceCases))], apply);
}
