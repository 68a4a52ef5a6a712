using System.Globalization;
using System.Reflection;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One request to the panel: who asks, where the panel lives, and what its frame shows.</summary>
internal sealed class PanelContext
{
    private readonly string prefix;
    private string? token;

    private PanelContext(HttpContext http, string prefix)
    {
        Http = http;
        this.prefix = prefix;
        HostHome = RequestView.Of(http).PathBase + "/";
        Home = RequestView.Of(http).PathBase + prefix;
        var known = http.Features.Get<RequestActor>()?.Actor ?? Actor.Anonymous;
        Actor = known.Kind is ActorKind.Session or ActorKind.External ? known : Actor.Anonymous with { Address = known.Address };
        Assets = http.RequestServices.GetRequiredService<PanelAssets>();
        Look = http.RequestServices.GetRequiredService<IOptions<AdminPanelOptions>>().Value;
        Language = PanelLanguages.Choose(Look, Actor.Language, http.Request.GetTypedHeaders().AcceptLanguage);
        Texts = http.RequestServices.GetRequiredService<PanelLocalizer>().In(Language);
        Clock = http.RequestServices.GetRequiredService<TimeProvider>();
        Theme = (PanelCookies.Read(http, PanelCookies.Theme), Look.DefaultTheme) switch
        {
            ("light", _) or (not ("dark" or "system"), AdminPanelTheme.Light) => "light",
            ("dark", _) or (not "system", AdminPanelTheme.Dark) => "dark",
            _ => null,
        };
        Options = http.RequestServices.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
        HasNodes = Offers<INodeDirectory>();
        HasTasks = Offers<ITaskDirectory>();
        MakesVps = Offers<IVpsLifecycle>();
    }

    internal HttpContext Http { get; }

    /// <summary>The path of the panel's first page as the browser knows it, path base included.</summary>
    internal string Home { get; }

    /// <summary>Where the host begins, whatever it has there.</summary>
    internal string HostHome { get; }

    /// <summary>Who is logged in; anonymous for everybody without a session or a linked sign-in of the host.</summary>
    internal Actor Actor { get; }

    internal PanelAssets Assets { get; }

    /// <summary>How the host wants the panel to look.</summary>
    internal AdminPanelOptions Look { get; }

    /// <summary>The language of the page, one of those that the host offers.</summary>
    internal string Language { get; }

    /// <summary>What the panel says, in the language of the request.</summary>
    internal PanelTexts Texts { get; }

    internal TimeProvider Clock { get; }

    /// <summary><c>light</c>, <c>dark</c>, or null: as the system says.</summary>
    internal string? Theme { get; }

    internal KohakuAuthOptions Options { get; }

    internal bool HasNodes { get; }

    internal bool HasTasks { get; }

    /// <summary>Whether the host lets operators create and delete VPS instances here.</summary>
    internal bool MakesVps { get; }

    internal CancellationToken Ct => Http.RequestAborted;

    internal bool IsLoggedIn => Actor.IsAuthenticated;

    /// <summary>The form of this request, checked; null unless it sent one.</summary>
    internal PanelForm? Form { get; set; }

    /// <summary>All fields of that form as they were sent, secrets included; null unless it was checked.</summary>
    internal SentForm? Sent { get; set; }

    /// <summary>The token it was sent with; null unless it was checked.</summary>
    internal FormToken? SentToken { get; set; }

    /// <summary>One's own password, given on the page that asks for nothing else; null where that page was not sent.</summary>
    internal Secret? OwnPassword { get; set; }

    /// <summary>Whether the form is only shown again, because it came too late to be carried out.</summary>
    internal bool ShowsAgain { get; set; }

    /// <summary>The form that was refused; null when none was.</summary>
    internal FormState? Failed { get; private set; }

    /// <summary>How many tasks wait; null for those who do not decide about them.</summary>
    internal int? Pending { get; set; }

    /// <summary>How long the session may be idle; zero for ever, and where no page of a session is shown.</summary>
    internal TimeSpan IdleTimeout { get; set; }

    /// <summary>What the page says first; null for nothing.</summary>
    internal Flash? Flash { get; set; }

    /// <summary>The token of the page's forms.</summary>
    internal string Token => token ??= FormTokens.Create(Http, Actor, Clock);

    /// <summary>The address within the panel, without prefix, path base and query.</summary>
    internal string RelativePath => Http.Request.Path.ToUriComponent() is var path
        && path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? path[prefix.Length..] : "";

    /// <summary>Whether the actor holds a permission: what is hidden is also refused.</summary>
    internal bool Can(Permission permission) => AccessRules.Decide(Actor, permission).IsAllowed;

    /// <summary>An address within the panel.</summary>
    internal string Url(string path) => Home + path;

    /// <summary>An address that the host gave: a path of its own, or one elsewhere.</summary>
    internal string HostUrl(string address) => address.StartsWith('/') ? RequestView.Of(Http).PathBase + address : address;

    /// <summary>An address within the panel with query parameters; empty ones are left out.</summary>
    internal string Url(string path, params (string Name, string? Value)[] query)
    {
        var parts = query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return Home + path + (parts.Count == 0 ? "" : "?" + string.Join('&', parts));
    }

    /// <summary>Notes that this request's form was refused, so that the page shows it again with the reasons.</summary>
    internal void Fail(Refusal refusal) => Failed = new FormState(RelativePath, Form!, refusal, Texts);

    /// <summary>The same context for somebody who is nobody any more, where the session has ended while its request was read.</summary>
    internal static PanelContext OfNobody(HttpContext http)
    {
        http.Features.Set(RequestActor.Unknown(Of(http).Actor.Address));
        http.Features.Set<PanelContext>(null);
        return Of(http);
    }

    /// <summary>The request's context, made when it came in.</summary>
    public static ValueTask<PanelContext?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<PanelContext?>(Of(context));

    /// <summary>The request's context; made at the first call.</summary>
    internal static PanelContext Of(HttpContext http)
    {
        if (http.Features.Get<PanelContext>() is { } known)
        {
            return known;
        }

        var panel = new PanelContext(http, PrefixOf(http));
        http.Features.Set(panel);
        return panel;
    }

    // The prefix is what the whole pattern has before the panel's own part: groups around the panel's group count.
    private static string PrefixOf(HttpContext http)
    {
        var endpoint = (RouteEndpoint)http.GetEndpoint()!;
        var own = endpoint.Metadata.GetRequiredMetadata<PanelRoute>().Pattern;
        var whole = (endpoint.RoutePattern.RawText ?? "").TrimEnd('/');
        var before = whole.EndsWith(own, StringComparison.Ordinal) ? whole[..^own.Length] : whole;
        return before.StartsWith('/') ? before.TrimEnd('/') : "/" + before.TrimEnd('/');
    }

    private bool Offers<T>() => Http.RequestServices.GetRequiredService<IServiceProviderIsService>().IsService(typeof(T));

    /// <summary>An instant as pages show it, in UTC, which is said beside it.</summary>
    internal static string Show(DateTimeOffset at, bool withSeconds = false) =>
        at.UtcDateTime.ToString(withSeconds ? "yyyy-MM-dd HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The client as services want it.</summary>
    internal ClientInfo Client() => ClientDetails.Request(Http);
}
