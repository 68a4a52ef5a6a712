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

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Dictionary<string, Dictionary<string, string>> cookies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> kept = new(StringComparer.Ordinal);
    private readonly Uri host;
    private readonly string masterSecret;

    internal RecordedWalk(Uri host, string masterSecret)
    {
        this.host = host;
        this.masterSecret = masterSecret;
    }

    /// <summary>Keeps what the steps find there and no client says.</summary>
    internal void Keep(string name, string value) => kept[name] = JsonSerializer.SerializeToElement(value);

    private static string Folder { get; } =
        Path.Combine(HostProcess.Root, "tests", "KohakuRiver.SampleHost.Tests", "OriginalClients");

    /// <summary>The names of the files with steps beside these tests, in order.</summary>
    internal static IEnumerable<string> All() => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order();

    /// <summary>The steps of such a file.</summary>
    internal static IReadOnlyList<RecordedStep> Read(string file) =>
        JsonSerializer.Deserialize<List<RecordedStep>>(File.ReadAllText(Path.Combine(Folder, file)), Json)!;

    /// <summary>Sends one call, again and again where the client waits for something, and says what is wrong with its answer.</summary>
    internal async Task<IReadOnlyList<string>> SendAsync(RecordedStep step)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (faults, isThere) = await SendOnceAsync(step);
            if (faults.Count > 0 || isThere)
            {
                return faults;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                return [$"{step.As} {step.What}: {step.Call} does not get there."];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(IReadOnlyList<string> Faults, bool IsThere)> SendOnceAsync(RecordedStep step)
    {
        using var request = Make(step);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var about = $"{step.As} {step.What}: {step.Call}";
        if ((int)response.StatusCode != step.Status)
        {
            return ([$"{about} answered {(int)response.StatusCode} instead of {step.Status}: {text}"], false);
        }

        TakeCookies(step, response);
        var answer = response.Content.Headers.ContentType?.MediaType == "text/plain"
            ? JsonSerializer.SerializeToElement(text)
            : JsonSerializer.Deserialize<JsonElement>(text);
        if (step.Until?.All(said => Find(answer, said.Key).All(value => JsonElement.DeepEquals(value, Filled(said.Value)))) == false)
        {
            return ([], false);
        }

        var faults = step.Reads.SelectMany(read => Faults(answer, read.Key, read.Value))
            .Concat((step.Says ?? Nothing).SelectMany(said => Differences(answer, said.Key, Filled(said.Value))))
            .Select(f => $"{about}: {f}").ToList();
        foreach (var (name, place) in step.Keep ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            kept[name] = Assert.Single(Find(answer, place));
        }

        return (faults, true);
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Make(RecordedStep step)
    {
        var call = step.Call.Split(' ', 2);
        var path = Braces().Replace(call[1], name => Uri.EscapeDataString(kept[name.Groups["name"].Value].ToString()));
        var request = new HttpRequestMessage(new HttpMethod(call[0]), new Uri(host, path));
        if (step.Body.ValueKind != JsonValueKind.Undefined)
        {
            request.Content = new StringContent(Filled(step.Body).GetRawText(), Encoding.UTF8, "application/json");
        }

        if (step.Master)
        {
            request.Headers.Add("X-Admin-Token", masterSecret);
        }

        // Over plain HTTP a browser says where its page is from in this header alone, and only where something may change.
        if (!step.IsProgram && call[0] != "GET")
        {
            request.Headers.Add("Origin", host.GetLeftPart(UriPartial.Authority));
        }

        if (step.Bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", kept["bearer"].ToString());
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

    // A string that is one name and nothing else becomes the value with its type: ids of people are numbers.
    private JsonElement Filled(JsonElement value)
    {
        var whole = WholeName().Replace(value.GetRawText(), name => kept[name.Groups["name"].Value].GetRawText());
        return JsonSerializer.Deserialize<JsonElement>(
            Braces().Replace(whole, name => JsonEncodedText.Encode(kept[name.Groups["name"].Value].ToString()).ToString()));
    }

    private static IEnumerable<string> Differences(JsonElement answer, string place, JsonElement wanted) => Find(answer, place)
        .Where(value => value.ValueKind == JsonValueKind.Undefined || !JsonElement.DeepEquals(value, wanted))
        .Select(value => $"{place} is not {wanted.GetRawText()} in {answer.GetRawText()}");

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
                : int.Parse(place[1..end], CultureInfo.InvariantCulture) is var i && i < value.GetArrayLength()
                    ? Find(value[i], rest)
                    : [default];
        }

        var name = place.Split('.', '[')[0];
        return value.TryGetProperty(name, out var field) ? Find(field, place[name.Length..].TrimStart('.')) : [default];
    }

    private static bool Is(JsonElement value, string type) => type.TrimEnd('?') switch
    {
        _ when value.ValueKind == JsonValueKind.Null => type.EndsWith('?'),
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "list" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "time" => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
        _ => throw new InvalidOperationException($"{type} is no type of a recorded walk."),
    };

    [GeneratedRegex(@"""\{(?<name>\w+)\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeName();

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Braces();
}
