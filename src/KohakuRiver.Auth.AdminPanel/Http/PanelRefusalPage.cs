using System.Diagnostics;
using System.Globalization;
using KohakuRiver.Auth.AdminPanel.Layout;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Refusals of the panel: strangers are led to the login page, everybody else gets a page in the panel's own frame.</summary>
internal sealed partial class PanelRefusalPage : IRefusalPage
{
    internal static PanelRefusalPage Instance { get; } = new();

    /// <inheritdoc />
    public async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        PanelHeaders.Apply(context.Response);
        if (ReferenceEquals(refusal, PanelRefusals.Off))
        {
            await new PageResult(typeof(AuthOffPage), status: HttpRefusals.StatusOf(refusal)).ExecuteAsync(context);
            return;
        }

        var panel = PanelContext.Of(context);
        if (refusal.Kind == RefusalKind.Unauthenticated
            || (!panel.IsLoggedIn && refusal.Kind == RefusalKind.Forbidden && !ReferenceEquals(refusal, HttpRefusals.CrossSite)))
        {
            if (await LateForms.KeepAsync(context) is { } kept)
            {
                await LateForms.AskToLogInAsync(panel, kept);
                return;
            }

            RedirectToLogin(panel);
            return;
        }

        if (LoginRedirect.LeadsToPasswordChange(refusal))
        {
            Lead(panel, ChangePasswordEndpoints.Address(panel, WantedBy(panel)));
            return;
        }

        if (refusal.RetryAfter is { } pause)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        }

        var status = ReferenceEquals(refusal, PanelRefusals.NotAForm)
            ? StatusCodes.Status415UnsupportedMediaType
            : HttpRefusals.StatusOf(refusal);
        await PageAsync(context, status, ReferenceEquals(refusal, Refusals.Hidden) ? PanelRefusals.NoSuchPage : refusal);
    }

    /// <summary>
    /// The page for an exception: an outage is 503, everything else 500 with an id that finds it in the log and nothing of the exception
    /// itself.
    /// </summary>
    internal static Task WriteFaultAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        PanelHeaders.Apply(context.Response);
        switch (exception)
        {
            case RejectedCredentialException rejected:
                return Instance.WriteAsync(context, rejected.Refusal);
            case StoreUnavailableException:
                return Instance.WriteAsync(context, HttpRefusals.StoreUnavailable);
            case HashingQueueFullException:
                return Instance.WriteAsync(context, HttpRefusals.Busy);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Instance.WriteAsync(context, HttpRefusals.TooLarge);
            case BadHttpRequestException bad:
                return PageAsync(context, bad.StatusCode, PanelRefusals.Unreadable);
        }

        var id = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("KohakuRiver.Auth.AdminPanel");
        Unhandled(logger, id, SafeText.OneLine(context.Request.Method, 16), SafeText.OneLine(context.Request.Path.Value, 200), exception);
        return PageAsync(context, StatusCodes.Status500InternalServerError, PanelRefusals.Fault, id);
    }

    // The frame shows the pending count only where it costs nothing: an outage must not make a second one.
    private static Task PageAsync(HttpContext context, int status, Refusal refusal, string? traceId = null) =>
        new PageResult(typeof(ErrorPage), new ErrorModel(status, PanelContext.Of(context).Texts.Say(refusal), traceId), status)
            .ExecuteAsync(context);

    private static void RedirectToLogin(PanelContext panel)
    {
        var wanted = WantedBy(panel);
        if (SessionCookie.Read(panel.Http).Count > 0)
        {
            // A cookie that is no session any more: the reader was logged in and did not log out.
            Flash.Leave(panel.Http, "session-over");
        }

        Lead(panel, panel.Url("/login", ("return", wanted == panel.Home || wanted?.Length > 1000 ? null : wanted)));
    }

    /// <summary>The address that was asked for; null where something was sent there.</summary>
    private static string? WantedBy(PanelContext panel) => panel.Http.Request is var request && HttpMethods.IsGet(request.Method)
        ? RequestView.Of(panel.Http).PathBase + request.Path.ToUriComponent() + request.QueryString.ToUriComponent()
        : null;

    private static void Lead(PanelContext panel, string address)
    {
        var method = panel.Http.Request.Method;
        panel.Http.Response.StatusCode = HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            ? StatusCodes.Status302Found
            : StatusCodes.Status303SeeOther;
        panel.Http.Response.Headers.Location = address;
    }

    [LoggerMessage(EventId = 3001, EventName = "UnhandledInPanel", Level = LogLevel.Error, Message = "Unhandled exception in the panel, "
        + "trace {TraceId}, {Method} {Path}")]
    private static partial void Unhandled(ILogger logger, string traceId, string method, string path, Exception exception);
}
