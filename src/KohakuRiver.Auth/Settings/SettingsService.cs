using System.Globalization;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="ISettingsService" />
internal sealed class SettingsService(
    ISettingsStore store, SettingsReader reader, DeploymentService deployment, TimeProvider clock)
    : ISettingsService
{
    private const int LongestSessionHours = 90 * 24;
    private const int LongestInvitationHours = 720;

    /// <inheritdoc />
    public string DeploymentId => deployment.Id;

    /// <inheritdoc />
    public ValueTask<EffectiveSettings> GetEffectiveAsync(CancellationToken cancellationToken = default) =>
        reader.GetAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<KohakuResult<EffectiveSettings>> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageSettings);
        return decision.IsAllowed ? await reader.GetAsync(cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<EffectiveSettings>> UpdateAsync(
        Actor actor, SettingsChange change, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageSettings);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (Check(change) is { } fault)
        {
            return fault;
        }

        var values = Values(change);
        if (values.Count > 0)
        {
            var detail = string.Join("; ", values.Select(v => $"{v.Key}={v.Value}"));
            var audit = AuditEntries.By(actor, clock.GetInstant(), AuditActions.SettingsUpdate)
                .On("settings", (string?)null, null)
                .With(detail);
            var status = await store.WriteAsync(values, AuthorizedWrite.By(actor, audit), cancellationToken);
            if (status.OfActor() is { } gone)
            {
                return gone;
            }

            reader.Forget();
        }

        return await reader.GetAsync(cancellationToken);
    }

    private static Refusal? Check(SettingsChange change)
    {
        var faults = new FieldFaults();
        Range(nameof(change.SessionLifetimeHours), change.SessionLifetimeHours, 1, LongestSessionHours);
        Range(nameof(change.SessionIdleHours), change.SessionIdleHours, 0, LongestSessionHours);
        Range(nameof(change.InvitationLifetimeHours), change.InvitationLifetimeHours, 1, LongestInvitationHours);
        if (change.ApprovalRequiredRoles?.Any(r => r is < Role.User or > Role.Admin) == true)
        {
            faults.Add(nameof(change.ApprovalRequiredRoles), "Only user, operator and admin can be listed; viewers submit no tasks.");
        }

        if (change.Registration is < RegistrationMode.Closed or > RegistrationMode.Viewer)
        {
            faults.Add(nameof(change.Registration), "Must be closed or viewer.");
        }

        return faults.ToRefusal();

        void Range(string field, int? value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.Add(field, new RefusalText("Must be a whole number of hours from {0} to {1}.", least, most));
            }
        }
    }

    private static Dictionary<string, string?> Values(SettingsChange change)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        Set(SettingsReader.SessionLifetime, change.SessionLifetimeHours?.ToString(CultureInfo.InvariantCulture));
        Set(SettingsReader.SessionIdle, change.SessionIdleHours?.ToString(CultureInfo.InvariantCulture));
        Set(SettingsReader.InvitationLifetime, change.InvitationLifetimeHours?.ToString(CultureInfo.InvariantCulture));
        Set(SettingsReader.ApprovalRequiredRoles, change.ApprovalRequiredRoles is { } roles
            ? string.Join(',', roles.Distinct().Order().Select(r => r.ToName()))
            : null);
        Set(SettingsReader.Registration, change.Registration switch
        {
            RegistrationMode.Viewer => "viewer",
            RegistrationMode.Closed => "closed",
            _ => null,
        });
        return values;

        void Set(string key, string? value)
        {
            if (value is not null)
            {
                values[key] = value;
            }
        }
    }
}
