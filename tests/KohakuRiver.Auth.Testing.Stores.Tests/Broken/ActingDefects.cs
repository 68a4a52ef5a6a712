using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class ActingDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<ActingCases>(
            "a verb that asks for no credential",
            nameof(ActingCases.Verb_CredentialNoLongerHolds_IsLostAndChangesNothing),
            set => set.Break<IGroupStore, WriteStatus>(
                nameof(IGroupStore.TryDeleteAsync), call => call.With<AuthorizedWrite>(w => Plain(w.Audit)).RealAsync<WriteStatus>()),
            "IGroupStore.TryDeleteAsync",
            "user deleted"),
        Defect.In<ActingCases>(
            "a verb that asks for the user and not for the session",
            nameof(ActingCases.Verb_CredentialNoLongerHolds_IsLostAndChangesNothing),
            set => set.Break<ICodeStore, WriteStatus>(nameof(ICodeStore.TryReplaceAsync), async call =>
                await set.Real.Users.FindAsync(call.Arg<AuthorizedWrite>().Credential?.UserId ?? 0, call.Ct) is { IsActive: true }
                    ? await call.With<AuthorizedWrite>(w => Plain(w.Audit)).RealAsync<WriteStatus>()
                    : WriteStatus.ActorGone),
            "ICodeStore.TryReplaceAsync",
            "session ended"),
        Defect.In<ActingCases>(
            "a credential read and then relied on", nameof(ActingCases.SetPassword_AgainstTokensMadeBySession_LeavesNone), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
            {
                var sessions = call.Arg<AuthorizedWrite>().Credential is { } credential
                    ? await set.Real.Sessions.ListAsync(credential.UserId, DateTimeOffset.UnixEpoch, call.Ct)
                    : [];
                await OthersReadTooAsync(set);
                return sessions.Count > 0
                    ? await call.With<AuthorizedWrite>(w => Plain(w.Audit)).RealAsync<WriteResult<ApiToken>>()
                    : WriteResult<ApiToken>.Lost(WriteStatus.ActorGone);
            })),
        Defect.In<ActingCases>("a credential that must be of the same role", nameof(ActingCases.Promotion_Meanwhile_IsNoHindrance), set =>
            set.Break<IGroupStore, WriteStatus>(nameof(IGroupStore.TryDeleteAsync), async call =>
                call.Arg<AuthorizedWrite>().Credential is { } credential
                    && await set.Real.Users.FindAsync(credential.UserId, call.Ct) is { } user && user.Role != credential.Role
                    ? WriteStatus.ActorDemoted
                    : await call.RealAsync<WriteStatus>())),
    ];
}
