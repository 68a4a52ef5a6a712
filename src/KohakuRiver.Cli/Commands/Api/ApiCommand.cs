using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver api</c>: any call of the host's HTTP API, with the login in use.</summary>
internal static class ApiCommand
{
    internal static CliCommand Build()
    {
        var path = GlobalOptions.Required(
            "path", "The call below /api/, such as auth/me; with a slash in front from the host's address on, such as /health/live.");
        var method = new Option<string?>("--method", "-X")
        {
            Description = "The method (default: GET, and POST with fields or a body).",
            HelpName = "METHOD",
        };
        var fields = Fields("--raw-field", "-f", "A field of the body, as text; of a GET, of the query. May be repeated.");
        var typed = Fields("--field", "-F", "The same, but true, false, null and whole numbers are that, and @FILE is what is in it.");
        var input = GlobalOptions.Text("--input", "Send this file as the body (- for standard input).", "FILE");
        var paginate = GlobalOptions.Flag("--paginate", "Read a list to its last page, as one list.");
        return new CliCommand(
            "api", "Make any call of the HTTP API with your login, and print what the host answers.",
            "kohakuriver api auth/me",
            "kohakuriver api auth/users -f search=ann --paginate --jq '.[].username'",
            "kohakuriver api -X PATCH auth/users/7 -F is_active=false")
            .With(path, method, fields, typed, input, paginate)
            .Does(async (run, cancellationToken) =>
        {
            var given = new CallFields();
            foreach (var text in run.Get(fields)!)
            {
                given.Add(text, isTyped: false);
            }

            foreach (var text in run.Get(typed)!)
            {
                given.Add(text, isTyped: true);
            }

            if (run.Get(input) is not null && !given.IsEmpty)
            {
                throw CliException.Usage("--input and fields exclude each other.");
            }

            var verb = MethodOf(run.Get(method), hasBody: run.Get(input) is not null || !given.IsEmpty, run.Get(paginate));
            var uri = run.Host.Call(run.Get(path));
            var isQuery = verb == HttpMethod.Get || verb == HttpMethod.Head;
            if (isQuery && !given.IsEmpty)
            {
                uri = given.AsQueryOf(uri);
            }

            if (run.Get(paginate))
            {
                if (verb != HttpMethod.Get)
                {
                    throw CliException.Usage("--paginate is for GET.");
                }

                run.Output.Json(await run.Api.ListAsync<JsonElement>(uri, null, null, cancellationToken));
                return ExitCodes.Done;
            }

            using var body = run.Get(input) is { } file ? new ByteArrayContent(await ReadAsync(run, file, cancellationToken))
                : isQuery || given.IsEmpty ? null
                : new ByteArrayContent(Encoding.UTF8.GetBytes(given.AsJson()));
            if (body is not null)
            {
                body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }

            return await run.FollowAsync(stop => CallAsync(run, verb, uri, body, stop), cancellationToken);
        });
    }

    private static async Task<int> CallAsync(
        InvocationContext run, HttpMethod verb, Uri uri, HttpContent? body, CancellationToken cancellationToken)
    {
        using var response = await run.Api.AnyAsync(verb, uri, body, cancellationToken);
        if (response.IsSuccessStatusCode && !run.Output.IsData)
        {
            // As it comes: it may be an export, or a stream without an end.
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await using var target = run.Terminal.OutIsTerminal ? new VisibleStream(run.Terminal.Out) : run.Terminal.OpenOut();
            await CopyAsync(stream, target, cancellationToken);
            return ExitCodes.Done;
        }

        var text = await run.Api.ReadAllAsync(response, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            if (text.Length > 0)
            {
                ShowAsData(run, response, text);
            }

            return ExitCodes.Done;
        }

        // What the host says stands where its answers stand; the line is for people.
        if (text.Length > 0)
        {
            run.Terminal.Out.WriteLine(run.Terminal.OutIsTerminal ? SafeText.Lines(text) : text);
        }

        throw run.Api.FaultOf(response, text);
    }

    private static void ShowAsData(InvocationContext run, HttpResponseMessage response, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            run.Output.Json(json.RootElement);
        }
        catch (JsonException)
        {
            throw CliException.Failed(
                $"The answer is not JSON ({response.Content.Headers.ContentType?.MediaType ?? "nothing"}): leave the form out to see it.");
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            await to.FlushAsync(cancellationToken);
        }
    }

    private static HttpMethod MethodOf(string? typed, bool hasBody, bool paginates) => typed switch
    {
        null => hasBody && !paginates ? HttpMethod.Post : HttpMethod.Get,
        { Length: > 0 and <= 20 } word when word.All(char.IsAsciiLetter) => new HttpMethod(word.ToUpperInvariant()),
        _ => throw CliException.Usage($"-X takes a method like PATCH, not '{typed}'."),
    };

    private static async Task<byte[]> ReadAsync(InvocationContext run, string file, CancellationToken cancellationToken)
    {
        if (file != "-")
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }

        var text = new StringBuilder();
        while (run.Terminal.ReadLine() is { } line)
        {
            text.Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Option<string[]> Fields(string name, string alias, string description)
    {
        var option = GlobalOptions.Texts(name, description, "KEY=VALUE");
        option.Aliases.Add(alias);
        return option;
    }
}
