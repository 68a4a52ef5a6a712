using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class SessionDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<SessionCases>(
            "sessions looked up in a cache", nameof(SessionCases.End_OwnSession_IsGone), PasswordDefects.SessionsCached),
        Defect.In<SessionCases>("roles looked up in a cache", nameof(SessionCases.Find_AfterChanges_GivesTheAccountAsItIsNow), set =>
        {
            PasswordDefects.SessionsCached(set);
            set.Break<ISessionStore, CredentialRecord?>(nameof(ISessionStore.FindAsync), call =>
                Task.FromResult((CredentialRecord?)set.Memory.GetValueOrDefault(call.Arg<SecretHash>())));
        }),
        Defect.In<SessionUseCases>("a touch that revives", nameof(SessionUseCases.Touch_EndedSession_StaysEnded), TouchRevives),
        Defect.In<SessionUseCases>("a racing touch that revives", nameof(SessionUseCases.Touch_AgainstEnd_NeverRevives), TouchRevives),
        Defect.In<SessionUseCases>("a touch that goes backwards", nameof(SessionUseCases.Touch_Earlier_ChangesNothing), set =>
        {
            // The sound store cannot be made to go backwards, so the look-up shows what was written last.
            set.Break<ISessionStore>(nameof(ISessionStore.TouchAsync), call =>
            {
                foreach (var (id, at) in call.Arg<IReadOnlyDictionary<long, DateTimeOffset>>())
                {
                    set.Memory[id] = at;
                }

                return (Task)call.Real()!;
            });
            set.Break<ISessionStore, CredentialRecord?>(nameof(ISessionStore.FindAsync), async call =>
                await call.RealAsync<CredentialRecord?>() is { Session: { } session } record
                    && set.Memory.GetValueOrDefault(session.Id) is DateTimeOffset at
                    ? record with { Session = session with { LastSeenAt = at } }
                    : null);
        }),
        Defect.In<SessionCases>("a session that anybody ends", nameof(SessionCases.End_AnothersSession_IsRefused), set =>
            set.Break<ISessionStore, WriteStatus>(nameof(ISessionStore.TryEndAsync), async call =>
            {
                var users = await set.Real.Users.ListAsync(
                    new UserQuery { Page = new PageRequest(100) }, DateTimeOffset.UnixEpoch, call.Ct);
                foreach (var owner in users.Items.Select(u => u.User.Id))
                {
                    if (await call.WithAt(1, owner).RealAsync<WriteStatus>() == WriteStatus.Done)
                    {
                        return WriteStatus.Done;
                    }
                }

                return WriteStatus.NotFound;
            })),
        Defect.In<SessionCases>("an end that many win", nameof(SessionCases.End_ManyAtOnce_OneWins), set =>
            set.Break<ISessionStore, WriteStatus>(nameof(ISessionStore.TryEndAsync), async call =>
            {
                var sessions = await set.Real.Sessions.ListAsync(call.ArgAt<long>(1), DateTimeOffset.UnixEpoch, call.Ct);
                await OthersReadTooAsync(set);
                var status = await call.RealAsync<WriteStatus>();
                return sessions.Any(s => s.Id == call.Arg<long>()) ? WriteStatus.Done : status;
            })),
        Defect.In<SessionCases>("ending none without audit", nameof(SessionCases.EndAll_None_StillWritesTheAuditEntry), set =>
            WithoutAudit<ISessionStore, WriteCount>(set, nameof(ISessionStore.EndAllAsync))),
        Defect.In<SessionCases>("ending all but none", nameof(SessionCases.EndAll_ButOne_CountsTheOthers), set =>
            set.Break<ISessionStore, WriteCount>(nameof(ISessionStore.EndAllAsync), call => call.WithAt(1, null).RealAsync<WriteCount>())),
        Defect.In<SessionCases>("expired sessions judged by the store", nameof(SessionCases.Find_ExpiredSession_IsReturnedToo), set =>
            set.Break<ISessionStore, CredentialRecord?>(nameof(ISessionStore.FindAsync), async call =>
                await call.RealAsync<CredentialRecord?>() is { Session: { } s } record && s.ExpiresAt > s.CreatedAt.AddMilliseconds(1)
                    ? record
                    : null)),
        Defect.In<SessionCases>("a prune that ignores now", nameof(SessionCases.Prune_AtTheGivenNow_RemovesWhatIsExpiredThen), set =>
            set.Break<ISessionStore,
            int>(nameof(ISessionStore.PruneAsync), call => call.With<DateTimeOffset>(_ => DateTimeOffset.MaxValue).RealAsync<int>())),
        Defect.In<SessionCases>(
            "a prune by the clock on the wall", nameof(SessionCases.Prune_AtTheGivenNow_RemovesWhatIsExpiredThen), set =>
            set.Break<ISessionStore, int>(nameof(ISessionStore.PruneAsync),
                call => call.With<DateTimeOffset>(_ => TimeProvider.System.GetUtcNow()).RealAsync<int>())),
        Defect.In<SessionCases>("a prune that forgets the idle", nameof(SessionCases.Prune_IdleBefore_RemovesWhatWasNotSeenSince), set =>
            set.Break<ISessionStore, int>(nameof(ISessionStore.PruneAsync), call => call.WithAt(1, null).RealAsync<int>())),
        Defect.In<SessionCases>("a list with the expired", nameof(SessionCases.List_ExpiredOnesAndOthers_AreLeftOut), set =>
            set.Break<ISessionStore, IReadOnlyList<Session>>(nameof(ISessionStore.ListAsync), call =>
                call.With<DateTimeOffset>(now => now.AddMicroseconds(-1)).RealAsync<IReadOnlyList<Session>>())),
    ];

    private static void TouchRevives(BrokenStoreSet set)
    {
        set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
        {
            var result = await call.RealAsync<WriteResult<AccountLogin>>();
            if (result.Value is { } login)
            {
                set.Memory[login.Session.Id] = call;
            }

            return result;
        });
        set.Break<ISessionStore>(nameof(ISessionStore.TouchAsync), async call =>
        {
            foreach (var id in call.Arg<IReadOnlyDictionary<long, DateTimeOffset>>().Keys)
            {
                // Only one may put the row back: a second of the same hash is an error, not a loss.
                if (set.Memory.GetValueOrDefault(id) is Call login
                    && await set.Real.Sessions.FindAsync(login.Arg<NewSession>().Hash, call.Ct) is null
                    && set.Memory.TryRemove(id, out _))
                {
                    await login.RealAsync<WriteResult<AccountLogin>>();
                }
            }
        });
    }
}
