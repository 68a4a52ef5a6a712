using System.Buffers;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The way back to a list as it was: filtered, ordered, at its page. Links from a list to its rows carry the list's query as <c>list</c>,
/// forms carry the query of the page they stand on as <c>here</c>, and where a handler leads back to that page or to its list, both are
/// there again. Only ever a query: the path is the handler's own.
/// </summary>
internal static class ListTrail
{
    private const string List = "list";
    private const string HereName = "here";
    private const int Longest = 3000;

    // Forms of the frame lead elsewhere.
    private static readonly string[] OfTheFrame = ["/logout", "/theme"];

    private static readonly SearchValues<char> OfQueries =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%=&+");

    /// <summary>From a list to one of its rows.</summary>
    internal static string ToRow(this PanelContext panel, string path) =>
        OwnQuery(panel) is { Length: > 0 } query ? panel.Url(path, (List, query)) : panel.Url(path);

    /// <summary>The same for a form on the list.</summary>
    internal static string SentToRow(this PanelContext panel, string path) =>
        panel.Url(path, (List, Here(panel) is { } here ? Split(here).Query : null));

    /// <summary>From a row back to its list.</summary>
    internal static string ToList(this PanelContext panel, string path) => panel.Url(path) + Asked(Carried(panel));

    /// <summary>The query of the list that one came from, for a form that stays here; null for none.</summary>
    internal static string? ListQuery(this PanelContext panel) => Carried(panel);

    /// <summary>From a page about a row to another page about it.</summary>
    internal static string Along(this PanelContext panel, string path) => panel.Url(path, (List, Carried(panel)));

    /// <summary>Where a form is sent, with the page it stands on.</summary>
    internal static string Sent(this PanelContext panel, string path) =>
        panel.Url(path, (HereName, OfTheFrame.Contains(path, StringComparer.Ordinal) ? null : Here(panel)));

    /// <summary>
    /// The query of a list's address: that of the request, and for a form on the list that is shown again, the one it stood under.
    /// </summary>
    internal static StrictQuery Asked(this PanelContext panel) => HttpMethods.IsPost(panel.Http.Request.Method)
        ? new StrictQuery(new QueryCollection(QueryHelpers.ParseQuery(Here(panel) is { } here ? Split(here).Query : "")))
        : new StrictQuery(panel.Http);

    /// <summary>
    /// Where the browser goes after a form: to the address as it was when the form stood there, or when it stood below it.
    /// </summary>
    /// <param name="panel">The request of the form.</param>
    /// <param name="address">The handler's own choice, without a query.</param>
    internal static string After(this PanelContext panel, string address)
    {
        if (Here(panel) is not { } here)
        {
            return address;
        }

        var (path, query) = Split(here);
        var shown = panel.Home + path;
        if (shown == address)
        {
            return address + Asked(query);
        }

        return shown.StartsWith(address + "/", StringComparison.Ordinal) ? address + Asked(ListIn(query)) : address;
    }

    // The page of this request, or of the form that was sent: its path within the panel and its query.
    private static string? Here(PanelContext panel) =>
        !HttpMethods.IsPost(panel.Http.Request.Method)
            ? OwnQuery(panel) is { Length: > 0 } query ? panel.RelativePath + "?" + query : null
        : panel.Http.Request.Query[HereName] is [{ Length: <= Longest } sent] && sent.StartsWith('/') && IsQuery(Split(sent).Query) ? sent
        : null;

    // Strangers have no lists, and what stands in the addresses of their pages may be a secret.
    private static string? OwnQuery(PanelContext panel) =>
        panel.IsLoggedIn
        && !panel.Http.Request.Query.ContainsKey("code")
        && !panel.Http.Request.Query.ContainsKey("token")
        && panel.Http.Request.QueryString.Value is { Length: > 1 and <= Longest } query && IsQuery(query[1..])
            ? PagePlace.Nearest(query[1..])
            : null;

    private static string? Carried(PanelContext panel) => HttpMethods.IsPost(panel.Http.Request.Method)
        ? Here(panel) is { } here ? ListIn(Split(here).Query) : null
        : Valid(panel.Http.Request.Query[List]);

    private static string? ListIn(string query) =>
        Valid(QueryHelpers.ParseQuery(query).GetValueOrDefault(List));

    private static string? Valid(StringValues sent) =>
        sent is [{ Length: <= Longest } list] && IsQuery(list) ? list : null;

    private static bool IsQuery(string text) => !text.AsSpan().ContainsAnyExcept(OfQueries);

    private static string Asked(string? query) => string.IsNullOrEmpty(query) ? "" : "?" + query;

    private static (string Path, string Query) Split(string here) =>
        here.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (here[..at], here[(at + 1)..]) : (here, "");
}
