using System.Net;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A browser without a window: keeps cookies, follows nothing, sends forms with the token of the page.</summary>
internal sealed partial class PanelClient : IDisposable
{
    private readonly PanelHost host;
    private readonly HttpClient http;

    /// <param name="host">The host.</param>
    /// <param name="cookies">A jar shared with another host of the same name; null for one of its own.</param>
    internal PanelClient(PanelHost host, CookieContainer? cookies = null)
    {
        this.host = host;
        Cookies = cookies ?? new CookieContainer();
        http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = host.Address };
    }

    internal CookieContainer Cookies { get; }

    internal HttpClient Http => http;

    internal string? SessionCookie =>
        Cookies.GetCookies(new Uri(host.Address, host.Home))["kohakuriver_session_" + host.Get<ISettingsService>().DeploymentId]?.Value;

    internal Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(Url(path), UriKind.Relative));

    internal async Task<string> ReadAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The form token of a page.</summary>
    internal async Task<string> TokenAsync(string page = "/login")
    {
        var answer = await GetAsync(page);
        return TokenOf(await answer.Content.ReadAsStringAsync());
    }

    internal static string TokenOf(string html) => TokenField().Match(html) is { Success: true } found
        ? found.Groups["token"].Value
        : throw new InvalidOperationException("The page has no form.");

    /// <summary>Sends a form with the token of a page of this client.</summary>
    internal async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await PostWithAsync(await TokenAsync(SessionCookie is null ? "/login" : "/account"), path, fields);

    /// <summary>Answers the page that asks for one's own password.</summary>
    internal async Task<HttpResponseMessage> ConfirmAsync(HttpResponseMessage question, string password)
    {
        var form = PageForm.All(await question.Content.ReadAsStringAsync(), host.Home).Single(f => f.Names.Contains("confirm"));
        form.Set("current_password", password);
        return await PostWithAsync(form.Token, form.Action, form.Fields);
    }

    internal Task<HttpResponseMessage> PostWithAsync(string? token, string path, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value));
        return SendAsync(path, new FormUrlEncodedContent(token is null ? all : all.Prepend(KeyValuePair.Create("form_token", token))));
    }

    internal Task<HttpResponseMessage> SendAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url(path), UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // As browsers do, unless the test says something else.
        if (headers.Length == 0)
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }

        return http.SendAsync(request);
    }

    internal async Task LogInAsync(string username, string password)
    {
        var answer = await PostAsync("/login", ("username", username), ("password", password), ("return", ""));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.NotNull(SessionCookie);
    }

    private string Url(string path) => host.Home + path;

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"form_token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenField();
}
