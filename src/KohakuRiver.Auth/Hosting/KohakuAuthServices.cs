using System.Diagnostics.Metrics;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KohakuRiver.Auth;

/// <summary>
/// Registers the services of the core, all singletons: a host resolves an interface, and may replace any of them.
/// </summary>
internal static class KohakuAuthServices
{
    internal static void Add(IServiceCollection services)
    {
        AddStores(services);
        AddWorkers(services);
        services.TryAddSingleton(sp => new PermissionTable(sp.GetServices<Permission>().Distinct()));
        services.TryAddSingleton<IPasswordHasher, BCryptPasswordHasher>();
        services.TryAddSingleton<PasswordPolicy>();
        services.TryAddSingleton<HashingQueue>();
        services.TryAddSingleton<PasswordChecker>();
        services.TryAddSingleton<PasswordConfirmation>();
        services.TryAddSingleton<PasswordSetter>();
        services.TryAddSingleton<AttemptThrottle>();
        services.TryAddSingleton<RefusalPace>();
        services.TryAddSingleton<SessionMaker>();
        services.TryAddSingleton<RegistrationCodes>();
        services.TryAddSingleton<SetupService>();
        services.TryAddSingleton<SettingsReader>();
        services.TryAddSingleton<LastUse>();
        services.TryAddSingleton<ActorCheck>();
        services.TryAddSingleton<OneUseKeyService>();
        services.TryAddSingleton<AccountNoticeService>();
        services.TryAddSingleton<OverviewService>();
        services.TryAddSingleton<TokenFinder>();
        services.TryAddSingleton<PendingCount>();
        services.TryAddSingleton<ApprovalDelivery>();
        services.TryAddSingleton<DeploymentService>();
        services.TryAddSingleton<UsedStores>();
        services.TryAddSingleton<StartupService>();
        services.TryAddSingleton<Pruning>();
        services.TryAddSingleton<MetricsSampler>();
        services.TryAddSingleton(sp => new AuthMetrics(sp.GetService<IMeterFactory>()));

        services.TryAddSingleton<IUserService, UserService>();
        services.TryAddSingleton<IAccountService, AccountService>();
        services.TryAddSingleton<IUserCredentialService, UserCredentialService>();
        services.TryAddSingleton<IIdentityService, IdentityService>();
        services.TryAddSingleton<ILoginService, LoginService>();
        services.TryAddSingleton<IRegistrationService, RegistrationService>();
        services.TryAddSingleton<IInvitationService, InvitationService>();
        services.TryAddSingleton<ITokenService, TokenService>();
        services.TryAddSingleton<IGroupService, GroupService>();
        services.TryAddSingleton<IVpsAccessService, VpsAccessService>();
        services.TryAddSingleton<IVpsLifecycleService, VpsLifecycleService>();
        services.TryAddSingleton<IApprovalService, ApprovalService>();
        services.TryAddSingleton<ISettingsService, SettingsService>();
        services.TryAddSingleton<ICredentialService, CredentialService>();

        // Other services write through the class itself: what they record is not a host's call.
        services.TryAddSingleton<AuditService>();
        services.TryAddSingleton<IAuditService>(sp => sp.GetRequiredService<AuditService>());
    }

    private static void AddStores(IServiceCollection services)
    {
        // Takes the place of what the container would say, which names a type that the host has never heard of.
        services.TryAddSingleton<KohakuStoreSet>(_ => throw new InvalidOperationException(
            "AddKohakuAuth() was called, but no store was chosen. Call .UseSqlite(…) or .UsePostgreSql(…) on what it returns, from the "
            + "package of that store, or .UseStores(…) for a set of your own; in tests .UseInMemoryStores()."));
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Users);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Accounts);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Sessions);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Tokens);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Identities);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Groups);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Invitations);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Approvals);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).VpsAssignments);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Audit);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Codes);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Settings);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Throttle);
    }

    // In any host, with or without a web server. The first prepares the stores before anything uses them.
    private static void AddWorkers(IServiceCollection services)
    {
        services.AddHostedService<StartupWorker>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<LastUseWorker>();
        services.AddHostedService<PruningWorker>();
        services.AddHostedService<MetricsWorker>();
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
