using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.OriginalClients;

/// <summary>Sends recorded calls to a host in their order, as the clients do, and looks at each answer as they do.</summary>
internal sealed partial class RecordedWalk : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = false,
    };

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, Dictionary<string, string>> cookies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> kept;
    private readonly Uri host;

    internal RecordedWalk(Uri host, string registerSecret)
    {
        this.host = host;
        kept = new Dictionary<string, string>(StringComparer.Ordinal) { ["register_secret"] = registerSecret };
    }

    /// <summary>The steps of a file beside these tests.</summary>
    internal static IReadOnlyList<RecordedStep> Read(string file) => JsonSerializer.Deserialize<List<RecordedStep>>(
        File.ReadAllText(Path.Combine(HostProcess.Root, "tests", "KohakuRiver.SampleHost.Tests", "OriginalClients", file)), Json)!;

    /// <summary>Sends one call and says what is wrong with its answer.</summary>
    internal async Task<IReadOnlyList<string>> SendAsync(RecordedStep step)
    {
        using var request = Make(step);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var about = $"{step.As} {step.What}: {step.Call}";
        if ((int)response.StatusCode != step.Status)
        {
            return [$"{about} answered {(int)response.StatusCode} instead of {step.Status}: {text}"];
        }

        TakeCookies(step, response);
        using var answer = JsonDocument.Parse(text);
        var faults = step.Reads.SelectMany(read => Faults(answer.RootElement, read.Key, read.Value)).Select(f => $"{about}: {f}").ToList();
        foreach (var (name, place) in step.Keep ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            kept[name] = Assert.Single(Find(answer.RootElement, place)).ToString();
        }

        return faults;
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Make(RecordedStep step)
    {
        var call = step.Call.Split(' ', 2);
        var path = Braces().Replace(call[1], name => Uri.EscapeDataString(kept[name.Groups["name"].Value]));
        var request = new HttpRequestMessage(new HttpMethod(call[0]), new Uri(host, path));
        if (step.Body.ValueKind != JsonValueKind.Undefined)
        {
            request.Content = new StringContent(step.Body.GetRawText(), Encoding.UTF8, "application/json");
        }

        // Over plain HTTP a browser says where its page is from in this header alone, and only where something may change.
        if (!step.IsProgram && call[0] != "GET")
        {
            request.Headers.Add("Origin", host.GetLeftPart(UriPartial.Authority));
        }

        if (step.Bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", kept["bearer"]);
        }

        var own = cookies.GetValueOrDefault(step.As) ?? [];
        var sent = own.Where(c => step.IsProgram ? c.Key == step.Cookie : true).Select(c => $"{c.Key}={c.Value}").ToList();
        if (sent.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", sent));
        }

        return request;
    }

    private void TakeCookies(RecordedStep step, HttpResponseMessage response)
    {
        if (!cookies.TryGetValue(step.As, out var own))
        {
            cookies[step.As] = own = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                own.Remove(pair[0]);
            }
            else
            {
                own[pair[0]] = pair[1];
            }
        }
    }

    private static IEnumerable<string> Faults(JsonElement answer, string place, string type)
    {
        var found = Find(answer, place).ToList();
        return found.Count == 0
            ? [$"{place} is not there in {answer.GetRawText()}"]
            : found.Where(value => !Is(value, type)).Select(value => $"{place} should be {type} and is {value.GetRawText()}");
    }

    // A row that lacks the field gives an undefined value, which is of no type.
    private static IEnumerable<JsonElement> Find(JsonElement value, string place)
    {
        if (place.Length == 0)
        {
            return [value];
        }

        if (place[0] == '[')
        {
            var end = place.IndexOf(']', StringComparison.Ordinal);
            var rest = place[(end + 1)..].TrimStart('.');
            return end == 1
                ? value.EnumerateArray().SelectMany(row => Find(row, rest))
                : Find(value[int.Parse(place[1..end], CultureInfo.InvariantCulture)], rest);
        }

        var name = place.Split('.', '[')[0];
        return value.TryGetProperty(name, out var field) ? Find(field, place[name.Length..].TrimStart('.')) : [default];
    }

    private static bool Is(JsonElement value, string type) => type.TrimEnd('?') switch
    {
        _ when value.ValueKind == JsonValueKind.Null => type.EndsWith('?'),
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "list" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "time" => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
        _ => throw new InvalidOperationException($"{type} is no type of a recorded walk."),
    };

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
}
