using System.Diagnostics.CodeAnalysis;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IVpsLifecycleService" />
internal sealed class VpsLifecycleService(
    IVpsAssignmentStore assignments, IAuditStore auditStore, AuditService audit, ActorCheck actors, IServiceScopeFactory scopes,
    TimeProvider clock, ILogger<VpsLifecycleService> logger) : IVpsLifecycleService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Refusal NotOffered = new(
        RefusalKind.Hidden, "VPS instances are neither created nor deleted here: this host does not offer it.");

    private static readonly Refusal Unknown = new(RefusalKind.Hidden, "There is no such VPS.");

    private static readonly Refusal NoAnswer = new(
        RefusalKind.Busy, "The host does not answer. Nothing was done; try again soon.") { RetryAfter = TimeSpan.FromSeconds(5) };

    // No time to wait is named: a client that repeats by itself could create a second instance.
    private static readonly Refusal NoEnd = new(
        RefusalKind.Busy, "The host did not say how this ended. Look at the list of instances before you try again.");

    /// <inheritdoc />
    public async Task<KohakuResult<VpsOffer>> GetOfferAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var host = Find(actor, scope);
        return host.IsSuccess ? await DescribeAsync(host.Value, actor) : host.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var scope = scopes.CreateAsyncScope();
        var host = Find(actor, scope);
        if ((host.Refusal ?? await actors.RefuseAsync(actor, cancellationToken)) is { } mayNot)
        {
            return mayNot;
        }

        var offer = await DescribeAsync(host.Value!, actor);
        if ((offer.Refusal ?? VpsRequestRules.Check(request, offer.Value!)) is { } wrong)
        {
            return wrong;
        }

        var asked = request with { Name = request.Name!.Trim() };
        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsCreate);
        var made = await DoAsync(
            entry.On("vps", (string?)null, asked.Name), async limit => Checked(await host.Value!.CreateAsync(actor, asked, limit)));
        if (made.IsSuccess)
        {
            await RecordAsync(
                entry.On("vps", made.Value.VpsId, made.Value.Name).With(made.Value.Node is { } node ? $"on {node}" : null)
                    with { At = clock.GetInstant() });
        }

        return made;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<int>> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var host = Find(actor, scope);
        var mayNot = host.Refusal ?? (FieldRules.HostId(vpsId) is null ? null : Unknown);
        if ((mayNot ?? await actors.RefuseAsync(actor, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        var directory = scope.ServiceProvider.GetService<IVpsDirectory>();
        var before = await LookAsync(directory, vpsId, "find");
        if (!before.IsSuccess)
        {
            return before.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.VpsDelete).On("vps", vpsId, before.Value.Name ?? vpsId);
        var deleted = await DoAsync(entry, async limit =>
        {
            var outcome = await host.Value!.DeleteAsync(actor, vpsId, limit);
            return outcome.IsSuccess || outcome.Refusal.Kind == RefusalKind.Hidden
                ? outcome.IsSuccess
                : (KohakuResult<bool>)outcome.Refusal;
        });
        if (!deleted.IsSuccess)
        {
            return deleted.Refusal;
        }

        var left = await assignments.ListAsync(vpsId, CancellationToken.None);
        if (!deleted.Value)
        {
            // What the directory has is there, whatever the host answers here: then nobody loses access. And without assignments there is
            // nothing left of an earlier deletion.
            var after = await LookAsync(directory, vpsId, "find again");
            if (!after.IsSuccess || after.Value.IsThere || left.Count == 0)
            {
                return after.Refusal ?? Unknown;
            }
        }

        entry = entry.With(
            $"users [{string.Join(", ", left.Select(a => a.User?.Id).OfType<long>())}], "
            + $"groups [{string.Join(", ", left.Select(a => a.Group?.Id).OfType<long>())}]") with { At = clock.GetInstant() };
        return (await assignments.ForgetAsync(vpsId, AuthorizedWrite.WithoutCredential(entry), CancellationToken.None)).Count;
    }

    private static KohakuResult<IVpsLifecycle> Find(Actor actor, AsyncServiceScope scope)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageVps);
        return !decision.IsAllowed ? decision.Refusal
            : scope.ServiceProvider.GetService<IVpsLifecycle>() is { } host ? KohakuResult<IVpsLifecycle>.Success(host)
            : NotOffered;
    }

    private static KohakuResult<VpsInfo> Checked(KohakuResult<VpsInfo> made) =>
        made.IsSuccess && FieldRules.HostId(made.Value.VpsId) is { } fault
            ? throw new InvalidOperationException($"The host created a VPS with an id that cannot be one. {fault}")
            : made;

    private Task<KohakuResult<VpsOffer>> DescribeAsync(IVpsLifecycle host, Actor actor) => AskAsync<VpsOffer>(
        async limit => await host.DescribeAsync(actor, limit), Silent("describe what is offered"));

    private Task<KohakuResult<(bool IsThere, string? Name)>> LookAsync(IVpsDirectory? directory, string vpsId, string what) =>
        AskAsync<(bool, string?)>(
            async limit => directory is not null && await directory.FindAsync(vpsId, limit) is { } found
                ? (true, found.Name)
                : (false, null),
            Silent(what));

    private Func<Exception, Task<Refusal>> Silent(string what) => fault =>
    {
        logger.VpsHostSilent(what, fault);
        return Task.FromResult(NoAnswer);
    };

    private Task<KohakuResult<T>> DoAsync<T>(AuditEntry entry, Func<CancellationToken, Task<KohakuResult<T>>> deed)
        where T : notnull => AskAsync(
        deed,
        async fault =>
        {
            logger.VpsCallFailed(entry.Action, entry.TargetId ?? entry.Target ?? "", entry.Actor, fault);
            await audit.RecordAsync(entry.Ended(AuditOutcome.Failure, "the host did not say how it ended"));
            return NoEnd;
        });

    // Whatever a host throws, the caller gets an answer. An outage of the database that both may share is told like every other one.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the host's code, and what it "
        + "throws is "
        + "logged and told as an outage.")]
    private async Task<KohakuResult<T>> AskAsync<T>(
        Func<CancellationToken, Task<KohakuResult<T>>> call, Func<Exception, Task<Refusal>> failed)
        where T : notnull
    {
        // Not the request's token: a caller that hangs up must not leave an instance half made.
        using var limit = new CancellationTokenSource(Limit, clock);
        try
        {
            // On a thread of its own: a host that blocks instead of awaiting must not outlive the limit either.
            return await Task.Run(() => call(limit.Token), CancellationToken.None).WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            return await failed(e);
        }
    }

    private async Task RecordAsync(AuditEntry entry)
    {
        try
        {
            await auditStore.AppendAsync(entry, CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            // The instance is there all the same, and its maker is to know.
            logger.AuditNotWritten(entry.Action, entry.Actor, e);
        }
    }
}
