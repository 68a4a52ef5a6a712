using System.Text.Json;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>An answer, read whole.</summary>
internal sealed partial class ApiAnswer
{
    private readonly Dictionary<string, string[]> headers;
    private readonly string call;

    private ApiAnswer(int status, Dictionary<string, string[]> headers, string text, byte[] bytes, string call)
    {
        Bytes = bytes;
        Status = status;
        Text = text;
        this.headers = headers;
        this.call = call;
    }

    internal int Status { get; }

    internal string Text { get; }

    /// <summary>The body as it was sent, with the byte order mark that <see cref="Text"/> lacks.</summary>
    internal byte[] Bytes { get; }

    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The user's id, the token's id and so on.</summary>
    internal long Id => Json.GetProperty("id").GetInt64();

    internal JsonElement this[string field] => Json.GetProperty(field);

    internal static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, string call)
    {
        var read = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => h.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        return new ApiAnswer(
            (int)response.StatusCode,
            read,
            await response.Content.ReadAsStringAsync(),
            await response.Content.ReadAsByteArrayAsync(),
            call);
    }

    /// <summary>A header's only value; null when it is absent.</summary>
    internal string? Header(string name) => headers.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    internal string[] Headers(string name) => headers.GetValueOrDefault(name) ?? [];

    /// <summary>The value of the session cookie that is set; null when none is, empty when it is taken away.</summary>
    /// <param name="name">What the name starts with; the deployment's id follows.</param>
    internal string? SetCookie(string name = "kohakuriver_session") =>
        Headers("Set-Cookie").Select(c => c.Split(';')[0].Split('=', 2)).SingleOrDefault(
            pair => pair[0].StartsWith(name + "_", StringComparison.Ordinal))?[1];

    internal ApiAnswer Expect(int status)
    {
        Assert.True(Status == status, $"{call}: {status} wanted, {Status} came: {Text}");
        return this;
    }

    /// <summary>A problem document of this status, whose <c>errors</c> name <paramref name="field"/> where one is given.</summary>
    internal ApiAnswer ExpectProblem(int status, string? field = null)
    {
        Expect(status);
        Assert.Equal("application/problem+json; charset=utf-8", Header("Content-Type"));
        var problem = Json;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()), call);
        Assert.DoesNotMatch(Leak(), Text);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal(status == 401 ? "Bearer" : null, Header("WWW-Authenticate"));
        Assert.True(status is not (429 or 503) || int.Parse(Header("Retry-After")!, null) > 0, call);
        NamesItsFields(problem);
        if (field is not null)
        {
            Assert.True(problem.TryGetProperty("errors", out var errors), $"{call}: no errors in {Text}");
            Assert.Contains(errors.EnumerateObject(), e => e.Name == field && e.Value.EnumerateArray().All(m => m.GetString()!.Length > 0));
        }

        return this;
    }

    // Clients that show nothing but the sentence have to say which field it is about.
    private void NamesItsFields(JsonElement problem)
    {
        if (problem.TryGetProperty("errors", out var errors))
        {
            var detail = problem.GetProperty("detail").GetString()!;
            Assert.All(
                errors.EnumerateObject().Take(3).Select(e => e.Name),
                name => Assert.True(detail.Contains(name, StringComparison.OrdinalIgnoreCase), $"{call}: {name} is not in: {detail}"));
        }
    }

    [GeneratedRegex(@"   at |Exception|\.cs:line|SELECT |/src/", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leak();
}
