using System.Diagnostics.Metrics;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Registers the services of the core, all singletons. Those with internal collaborators are made here by hand, so that
/// the collaborators stay internal.
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
        services.TryAddSingleton(sp => new HashingQueue(Options(sp), Get<AuthMetrics>(sp), Clock(sp)));
        services.TryAddSingleton(sp => new AuthMetrics(sp.GetService<IMeterFactory>()));

        services.TryAddSingleton<ActivityTracker>();
        services.TryAddSingleton<SetupService>();
        services.TryAddSingleton<DeploymentService>();
        services.TryAddSingleton<UserCredentialService>();
        services.TryAddSingleton<TokenService>();
        services.TryAddSingleton<GroupService>();
        services.TryAddSingleton<InvitationService>();
        services.TryAddSingleton<VpsAccessService>();
        services.TryAddSingleton<MaintenanceService>();
        services.TryAddSingleton<StartupService>();
        services.TryAddSingleton<OneUseKeyService>();
        services.TryAddSingleton<OverviewService>();
        services.TryAddSingleton<AccountNoticeService>();

        services.TryAddSingleton<SettingsReader>();
        services.TryAddSingleton<AttemptThrottle>();
        services.TryAddSingleton<RefusalPace>();
        services.TryAddSingleton<PasswordChecker>();
        services.TryAddSingleton<PasswordSetter>();
        services.TryAddSingleton<SessionMaker>();
        services.TryAddSingleton<RegistrationCodes>();
        services.TryAddSingleton<PendingCount>();

        services.TryAddSingleton(sp => new AuditService(Get<IAuditStore>(sp), Get<AuthMetrics>(sp), Clock(sp), Get<ILogger<AuditService>>(sp)));
        services.TryAddSingleton(sp => new FigureService(
            Get<AuthMetrics>(sp), Get<HashingQueue>(sp), Get<IApprovalStore>(sp), Get<ISessionStore>(sp), Clock(sp)));
        services.TryAddSingleton(sp => new SettingsService(Get<ISettingsStore>(sp), Get<SettingsReader>(sp), Clock(sp)));
        services.TryAddSingleton(sp => new CredentialService(
            Get<ISessionStore>(sp), Get<ITokenStore>(sp), sp.GetService<IForeignTokenHash>(), Get<SettingsService>(sp), Get<AttemptThrottle>(sp), Get<AuditService>(sp),
            Get<AuthMetrics>(sp), Options(sp), Clock(sp), EpochOfStores(sp)));
        services.TryAddSingleton(sp => new LoginService(
            Get<IUserStore>(sp), Get<IAccountStore>(sp), Get<ISessionStore>(sp), Get<PasswordChecker>(sp),
            Get<SessionMaker>(sp), Get<AuditService>(sp), Get<AuthMetrics>(sp), Options(sp), Clock(sp)));
        services.TryAddSingleton(sp => new RegistrationService(
            Get<IAccountStore>(sp), Get<IUserStore>(sp), Get<RegistrationCodes>(sp), Get<AttemptThrottle>(sp),
            Get<PasswordSetter>(sp), Get<SessionMaker>(sp), Get<SettingsService>(sp), Get<SetupService>(sp),
            Get<AuditService>(sp), Get<AuthMetrics>(sp), Options(sp), Clock(sp)));
        services.TryAddSingleton(sp => new AccountService(
            Get<IUserStore>(sp), Get<IAccountStore>(sp), Get<ISessionStore>(sp), Get<ICodeStore>(sp), Get<PasswordChecker>(sp),
            Get<PasswordSetter>(sp), Get<AttemptThrottle>(sp), Get<AuditService>(sp), Options(sp), Clock(sp)));
        services.TryAddSingleton(sp => new UserService(Get<IUserStore>(sp), Get<IAccountStore>(sp), Get<PasswordSetter>(sp), Clock(sp)));
        services.TryAddSingleton(sp => new ApprovalDelivery(
            Get<IApprovalStore>(sp), Get<IServiceScopeFactory>(sp), Get<AuthMetrics>(sp), Options(sp), Clock(sp), Get<ILogger<ApprovalDelivery>>(sp)));
        services.TryAddSingleton(sp => new ApprovalService(
            Get<IApprovalStore>(sp), Get<SettingsService>(sp), Get<ApprovalDelivery>(sp), Get<PendingCount>(sp), Get<AuthMetrics>(sp), Clock(sp)));
    }

    private static void AddStores(IServiceCollection services)
    {
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Users);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Accounts);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Sessions);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Tokens);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Groups);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Invitations);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Approvals);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).VpsAssignments);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Audit);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Codes);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Settings);
        services.TryAddSingleton(sp => Get<KohakuStoreSet>(sp).Throttle);
    }

    // In any host, with or without a web server. The first makes the stores ready before anything works on them.
    private static void AddWorkers(IServiceCollection services)
    {
        services.AddHostedService<StartupWorker>();
        services.AddHostedService<DeliveryWorker>();
        services.AddHostedService<LastUseWorker>();
        services.AddHostedService<PruningWorker>();
        services.AddHostedService<MetricsWorker>();
    }

    // A host that registered a store of its own beside the set gets no cache: the set's epoch does not watch that one.
    private static IChangeEpoch? EpochOfStores(IServiceProvider services)
    {
        var set = Get<KohakuStoreSet>(services);
        return ReferenceEquals(Get<ISessionStore>(services), set.Sessions) && ReferenceEquals(Get<ITokenStore>(services), set.Tokens) ? set.Changes : null;
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static IOptions<KohakuAuthOptions> Options(IServiceProvider services) => Get<IOptions<KohakuAuthOptions>>(services);

    private static TimeProvider Clock(IServiceProvider services) => Get<TimeProvider>(services);
}
