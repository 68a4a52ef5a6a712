using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class TokenDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<TokenRevocationCases>(
            "a revoke without cascade", nameof(TokenRevocationCases.Revoke_WithTokensMadeWithIt_TakesThemAll), set =>
        {
            RememberTokens(set);
            set.Break<ITokenStore, WriteStatus>(nameof(ITokenStore.TryRevokeAsync), async call =>
            {
                var done = await call.RealAsync<WriteStatus>();
                foreach (var create in set.Memory.Values.OfType<Call>().Where(c => c.Arg<NewToken>().ParentId == call.Arg<long>()))
                {
                    await create.With<NewToken>(t => t with { ParentId = null }).RealAsync<WriteResult<ApiToken>>();
                }

                return done;
            });
        }),
        Defect.In<TokenRevocationCases>("a revoke that many win", nameof(TokenRevocationCases.Revoke_ManyAtOnce_OneWins), set =>
            set.Break<ITokenStore, WriteStatus>(nameof(ITokenStore.TryRevokeAsync), async call =>
            {
                var there = await set.Real.Tokens.FindAsync(call.Arg<long>(), call.Ct) is not null;
                await OthersReadTooAsync(set);
                var status = await call.RealAsync<WriteStatus>();
                return there ? WriteStatus.Done : status;
            })),
        Defect.In<TokenRevocationCases>(
            "a token touch that revives", nameof(TokenRevocationCases.Touch_RevokedToken_StaysRevoked), TokenTouchRevives),
        Defect.In<TokenRevocationCases>(
            "a racing token touch that revives", nameof(TokenRevocationCases.Touch_AgainstRevoke_NeverRevives), TokenTouchRevives),
        Defect.In<TokenRevocationCases>(
            "a parent read and then relied on", nameof(TokenRevocationCases.Revoke_AgainstCreateWithIt_LeavesNoChild), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
            {
                var parent = call.Arg<NewToken>().ParentId is { } id ? await set.Real.Tokens.FindAsync(id, call.Ct) : null;
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<ApiToken>>();
                return result.Status == WriteStatus.Conflict && parent is not null
                    ? await call.With<NewToken>(t => t with { ParentId = null }).RealAsync<WriteResult<ApiToken>>()
                    : result;
            })),
        Defect.In<TokenCases>("a limit read and then relied on", nameof(TokenCases.Create_ManyAtTheLimit_OnlySoManyWin), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
            {
                var draft = call.Arg<NewToken>();
                var held = (await set.Real.Tokens.ListAsync(draft.UserId, new PageRequest(1), call.Ct)).Total;
                await OthersReadTooAsync(set);
                return await call.With<NewToken>(t => t with { Limit = held < t.Limit ? 1000 : t.Limit })
                    .RealAsync<WriteResult<ApiToken>>();
            })),
        Defect.In<TokenCases>(
            "expired tokens held against the limit", nameof(TokenCases.Create_LimitReached_CountsOnlyTheUsersUnexpiredTokens), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
            {
                var draft = call.Arg<NewToken>();
                var held = (await set.Real.Tokens.ListAsync(draft.UserId, new PageRequest(1), call.Ct)).Total;
                return held >= draft.Limit
                    ? WriteResult<ApiToken>.Lost(WriteStatus.LimitReached)
                    : await call.RealAsync<WriteResult<ApiToken>>();
            })),
        Defect.In<TokenCases>("tokens paged by row number", nameof(TokenCases.List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce), set =>
            set.Break<ITokenStore, Page<ApiToken>>(nameof(ITokenStore.ListAsync), call =>
                ByRowNumberAsync(call.Arg<PageRequest>(), p => call.With<PageRequest>(_ => p).RealAsync<Page<ApiToken>>()))),
        Defect.In<TokenCases>("a cursor on the last page", nameof(TokenCases.List_OfOneOrAll_IsNewestFirst), set =>
            set.Break<ITokenStore, Page<ApiToken>>(nameof(ITokenStore.ListAsync), async call =>
            {
                var page = await call.RealAsync<Page<ApiToken>>();
                return page with { Next = page.Items.Count == 0 ? null : new PageCursor { Order = "-id", Id = page.Items[^1].Id } };
            })),
        Defect.In<TokenCases>(
            "tokens that end at the very instant", nameof(TokenCases.Search_ByOwnerPrefixAndEnd_GivesThoseInOrderAndNoMore), set =>
            set.Break<ITokenStore, IReadOnlyList<ApiToken>>(nameof(ITokenStore.SearchAsync), call =>
                call.With<TokenQuery>(q => q with { ExpiresBefore = q.ExpiresBefore?.AddMicroseconds(1) })
                    .RealAsync<IReadOnlyList<ApiToken>>())),
        Defect.In<TokenCases>(
            "no ids taken for all", nameof(TokenCases.Search_ByOwnerPrefixAndEnd_GivesThoseInOrderAndNoMore), set =>
            set.Break<ITokenStore, IReadOnlyList<ApiToken>>(nameof(ITokenStore.SearchAsync), call =>
                call.With<TokenQuery>(q => q.Ids is { Count: 0 } ? q with { Ids = null } : q).RealAsync<IReadOnlyList<ApiToken>>())),
        Defect.In<TokenCases>(
            "prefixes taken for patterns", nameof(TokenCases.Search_ByOwnerPrefixAndEnd_GivesThoseInOrderAndNoMore), set =>
            set.Break<ITokenStore, IReadOnlyList<ApiToken>>(nameof(ITokenStore.SearchAsync), call =>
                call.With<TokenQuery>(q => q with { Prefix = q.Prefix?.TrimEnd('%') }).RealAsync<IReadOnlyList<ApiToken>>())),
        Defect.In<TokenCases>(
            "a token prune that includes the instant", nameof(TokenCases.Prune_BeforeTheGivenInstant_RemovesWhatExpiredEarlier), set =>
            set.Break<ITokenStore,
            int>(nameof(ITokenStore.PruneAsync), call => call.With<DateTimeOffset>(b => b.AddMicroseconds(1)).RealAsync<int>())),
        Defect.In<TokenCases>(
            "a token prune that counts only those made first", nameof(TokenCases.Prune_TokensMadeWithOneAnother_CountsThemAll), set =>
            set.Break<ITokenStore, int>(nameof(ITokenStore.PruneAsync), async call => Math.Min(1, await call.RealAsync<int>()))),
        Defect.In<TokenCases>("a token's expiry cut to milliseconds", nameof(TokenCases.Create_ForAUser_GivesWhatWasWritten), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), call =>
                call.With<NewToken>(t => t with { ExpiresAt = t.ExpiresAt is { } at ? Milliseconds(at) : null })
                    .RealAsync<WriteResult<ApiToken>>())),
        Defect.In<TokenCases>("a token for a disabled user", nameof(TokenCases.Create_UserGoneOrDisabled_IsLost), set =>
            set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
            {
                var draft = call.Arg<NewToken>();
                if (await set.Real.Users.FindAsync(draft.UserId, call.Ct) is { IsActive: false })
                {
                    await set.Real.Accounts.TryUpdateUserAsync(
                        draft.UserId, new UserChange { IsActive = true }, draft.CreatedAt, call.Arg<AuthorizedWrite>(), call.Ct);
                }

                return await call.RealAsync<WriteResult<ApiToken>>();
            })),
    ];

    private static void RememberTokens(BrokenStoreSet set) =>
        set.Break<ITokenStore, WriteResult<ApiToken>>(nameof(ITokenStore.TryCreateAsync), async call =>
        {
            var result = await call.RealAsync<WriteResult<ApiToken>>();
            if (result.Value is { } token)
            {
                set.Memory[token.Id] = call;
            }

            return result;
        });

    private static void TokenTouchRevives(BrokenStoreSet set)
    {
        RememberTokens(set);
        set.Break<ITokenStore>(nameof(ITokenStore.TouchAsync), async call =>
        {
            foreach (var id in call.Arg<IReadOnlyDictionary<long, DateTimeOffset>>().Keys)
            {
                // Only one may put the row back: a second of the same hash is an error, not a loss.
                if (await set.Real.Tokens.FindAsync(id, call.Ct) is null && set.Memory.TryRemove(id, out var create))
                {
                    await ((Call)create).RealAsync<WriteResult<ApiToken>>();
                }
            }
        });
    }
}
