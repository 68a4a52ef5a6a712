using System.Buffers;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Requests that were let in and whose actor is gone, or may less, before their body has arrived.</summary>
public sealed class LateBodyTests
{
    private const string Json = """{"name":"n1"}""";
    private const string Form = "name=n1";

    private static readonly string[] Forms = ["/form-binding", "/form-reading", "/mvc/form", "/mvc/plain-form"];

    public static TheoryData<string, bool> Endpoints
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var path in (string[])["/json", "/attribute", "/named", "/raw", "/exact", "/pipe", "/mvc/json", .. Forms])
            {
                data.Add(path, true);
            }

            foreach (var path in new[] { "/mvc/json", "/mvc/form", "/mvc/plain-form" })
            {
                data.Add(path, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Change_WhoseActorIsGoneBeforeItsBodyIsThere_IsNotMade(string path, bool routing)
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done, routing));
        await host.AddAsync(Role.Admin);
        foreach (var chunked in new[] { true, false })
        {
            foreach (var byToken in new[] { true, false })
            {
                var gone = await host.AddAsync(Role.Operator);
                (await SendAsync(host, done, path, byToken ? gone.BearerHeader : gone.CookieHeader, chunked, () =>
                    host.DeleteAsync(gone))).AssertProblem(401);

                var disabled = await host.AddAsync(Role.Operator);
                (await SendAsync(host, done, path, byToken ? disabled.BearerHeader : disabled.CookieHeader, chunked, () =>
                    host.ChangeAsync(new UpdateUserCommand { Id = disabled.Id, IsActive = false })))
                    .AssertProblem(401);

                var demoted = await host.AddAsync(Role.Operator);
                (await SendAsync(host, done, path, byToken ? demoted.BearerHeader : demoted.CookieHeader, chunked, () =>
                    host.ChangeAsync(new UpdateUserCommand { Id = demoted.Id, Role = Role.Viewer })))
                    .AssertProblem(403);
                Assert.Equal(demoted.Name, (await host.AuditAsync(AuditActions.Denied))[0].Actor);
                Assert.Equal(0, done.Times);

                var there = await host.AddAsync(Role.Operator);
                Assert.Equal(
                    200,
                    (await SendAsync(
                        host, done, path, byToken ? there.BearerHeader : there.CookieHeader, chunked, () => Task.CompletedTask)).Status);
                Assert.Equal(1, done.Times);
                done.Times = 0;
            }
        }

        Assert.DoesNotContain(host.Logs.GetSnapshot(), l => l.Level == LogLevel.Error || l.Level == LogLevel.Critical);
    }

    [Fact]
    public async Task Change_InAnOutageThatBeganMeanwhile_Is503()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        var person = await host.AddAsync(Role.Operator);

        var answer = await SendAsync(host, done, "/json", person.BearerHeader, chunked: false, () =>
        {
            host.Database.IsDown = true;
            return Task.CompletedTask;
        });

        answer.AssertProblem(503);
        Assert.Equal(0, done.Times);
    }

    [Fact]
    public async Task Change_ByARoleThatStillReachesButIsLower_IsNotMade()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(Role.Admin);

        (await SendAsync(host, done, "/json", person.CookieHeader, chunked: true, () =>
            host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Operator }))).AssertProblem(403);

        Assert.Equal(0, done.Times);
    }

    [Fact]
    public async Task Change_OfAVpsThatWasTakenAwayMeanwhile_IsHidden()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        var person = await host.AddAsync(Role.User);
        var access = host.Services.GetRequiredService<IVpsAccessService>();
        Assert.True((await access.AssignAsync(Actor.Host, "one", [person.Id], [])).IsSuccess);

        (await SendAsync(host, done, "/vps/one", person.CookieHeader, chunked: false, () =>
            access.UnassignUserAsync(Actor.Host, "one", person.Id))).AssertProblem(404);

        Assert.Equal(0, done.Times);
        Assert.Equal("POST /vps/one", Assert.Single(await host.AuditAsync(AuditActions.Denied)).Target);
    }

    [Fact]
    public async Task Change_ByTheMasterSecret_IsMade()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));

        Assert.Equal(200, (await SendAsync(host, done, "/json", ("X-Admin-Token", TestHost.MasterSecret), chunked: true, () =>
            Task.CompletedTask)).Status);
    }

    [Theory]
    [InlineData("/api/auth/users", """{"username":"evil","password":"seven wet umbrellas in a row","role":"admin"}""")]
    [InlineData("/api/auth/register", """{"username":"evil","password":"seven wet umbrellas in a row","role":"admin"}""")]
    [InlineData("/api/auth/invitations", """{"role":"admin"}""")]
    [InlineData("/api/auth/tokens", """{"name":"mine"}""")]
    public async Task OwnCall_WhoseActorIsGoneBeforeItsBodyIsThere_ChangesNothing(string path, string body)
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        await host.AddAsync(Role.Admin);
        foreach (var chunked in new[] { true, false })
        {
            var gone = await host.AddAsync(Role.Admin);
            (await SendAsync(host, done, path, gone.BearerHeader, chunked, () => host.DeleteAsync(gone), body)).AssertProblem(401);

            // Still an operator, who may invite viewers: what decides must not be the role of before.
            var demoted = await host.AddAsync(Role.Admin);
            (await SendAsync(host, done, path, demoted.CookieHeader, chunked, () =>
                host.ChangeAsync(new UpdateUserCommand { Id = demoted.Id, Role = Role.Operator }), body)).AssertProblem(403);
        }

        Assert.Null(await host.Stores.Users.FindPasswordAsync("evil", CancellationToken.None));
        Assert.Empty((await host.Stores.Invitations.ListAsync(null, new PageRequest(10), CancellationToken.None)).Items);
    }

    [Theory]
    [InlineData("/api/auth/login", true)]
    [InlineData("/api/auth/login", false)]
    [InlineData("/api/auth/users", true)]
    [InlineData("/api/auth/users", false)]
    public async Task OwnCall_WhoseBodyDoesNotCome_Is408AfterItsTime(string path, bool chunked)
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        var person = await host.AddAsync(Role.Admin);
        await using var request = await SlowRequest.OpenAsync(host, path, "application/json", [person.BearerHeader], chunked ? null : 100);
        await request.SendAsync("{");
        await done.Reached.Task;

        var answer = await host.Clock.AdvanceUntilAsync(TimeSpan.FromSeconds(5), request.ReadAsync());
        answer.AssertProblem(408);
        Assert.Equal("close", answer.Header("Connection"));
    }

    [Fact]
    public async Task OwnCall_WhoseBodyComesJustInTime_IsServed()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done, options: o => o.BodyTimeout = TimeSpan.FromMinutes(2)));
        var person = await host.AddAsync(Role.Admin);

        var answer = await SendAsync(host, done, "/api/auth/groups", person.BearerHeader, chunked: true, () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(119));
            return Task.CompletedTask;
        });

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Upload_ToTheHost_HasNoTimeLimitButEndsWithItsActor()
    {
        var done = new Done();
        await using var host = await TestHost.StartAsync(Setup(done));
        var person = await host.AddAsync(Role.Operator);
        await using var request = await SlowRequest.OpenAsync(host, "/raw", "application/octet-stream", [person.BearerHeader], null);
        await request.SendAsync("one");
        await done.Reached.Task;
        host.Clock.Advance(TimeSpan.FromHours(1));
        await request.SendAsync("two");
        await host.DeleteAsync(person);
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        // Not the end of it: the next part is enough.
        await request.SendAsync("three");

        (await request.ReadAsync()).AssertProblem(401);
        Assert.Equal(0, done.Times);
    }

    private static async Task<Answer> SendAsync(
        TestHost host, Done done, string path, (string, string) credential, bool chunked, Func<Task> meanwhile, string? body = null)
    {
        var isForm = Forms.Contains(path, StringComparer.Ordinal);
        body ??= isForm ? Form : Json;
        done.Reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var request = await SlowRequest.OpenAsync(
            host, path, isForm ? "application/x-www-form-urlencoded" : "application/json", [credential], chunked ? null : body.Length);

        // All but the end: the last byte where the length is known, and otherwise only what says that there is no more.
        await request.SendAsync(chunked ? body : body[..^1]);
        await done.Reached.Task;
        await meanwhile();
        if (!chunked)
        {
            await request.SendAsync(body[^1..]);
        }

        await request.EndAsync();
        return await request.ReadAsync();
    }

    private static HostSetup Setup(Done done, bool routing = true, Action<KohakuAuthOptions>? options = null) => new()
    {
        OnSockets = true,
        IsUnchecked = true,
        Options = options,
        Services = services =>
        {
            services.AddSingleton(done);
            services.AddMvc(o => o.EnableEndpointRouting = routing).AddApplicationPart(typeof(LateBodyTests).Assembly);
        },
        Pipeline = app =>
        {
            app.UseKohakuAuth();
            app.Use((context, next) =>
            {
                // Let in by now, unless MVC asks later: then it is the filter that signals.
                if (routing)
                {
                    done.Reached.TrySetResult();
                }

                return next(context);
            });
        },
        Map = app =>
        {
            if (!routing)
            {
                app.UseMvc();
                return;
            }

            app.MapPost("/json", (Job job) => done.Do(job.Name)).RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/attribute", [RequirePermission(PermissionNames.ApproveTasks)] (Job job) => done.Do(job.Name));
            app.MapPost("/named", [Authorize(Policy = PermissionNames.ApproveTasks)] (Job job) => done.Do(job.Name));
            app.MapPost("/form-binding", ([FromForm] string name) => done.Do(name))
                .DisableAntiforgery()
                .RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/form-reading", async (HttpContext http) => done.Do((await http.Request.ReadFormAsync())["name"].ToString()))
                .RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/raw", async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                return done.Do(await reader.ReadToEndAsync());
            }).RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/exact", async (HttpContext http) =>
            {
                var buffer = new byte[http.Request.ContentLength ?? Json.Length + 1];
                _ = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
                return done.Do("");
            }).RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/pipe", async (HttpContext http) =>
            {
                while (true)
                {
                    var read = await http.Request.BodyReader.ReadAsync();
                    if (read.IsCompleted)
                    {
                        return done.Do(read.Buffer.ToArray().Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    }

                    http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                }
            }).RequirePermission(Permissions.ApproveTasks);
            app.MapPost("/vps/{vps_id}", (Job job) => done.Do(job.Name)).RequireVpsAccess();
            app.MapControllers();
            app.MapKohakuAuth();
        },
    };

    /// <summary>Whether the change was made.</summary>
    public sealed class Done
    {
        internal int Times { get; set; }

        internal TaskCompletionSource Reached { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal string Do(string what)
        {
            Times++;
            return what;
        }
    }

    internal sealed record Job(string Name);
}

/// <summary>Says that authorization is behind, where that happens within MVC.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReachedAttribute : Attribute, Microsoft.AspNetCore.Mvc.Filters.IAsyncResourceFilter
{
    public Task OnResourceExecutionAsync(
        Microsoft.AspNetCore.Mvc.Filters.ResourceExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.ResourceExecutionDelegate next)
    {
        context.HttpContext.RequestServices.GetRequiredService<LateBodyTests.Done>().Reached.TrySetResult();
        return next();
    }
}

/// <summary>A controller whose faulty input is answered for it.</summary>
[ApiController]
[Route("mvc")]
[Reached]
[RequirePermission(PermissionNames.ApproveTasks)]
public sealed class LateApiController : ControllerBase
{
    [HttpPost("json")]
    public IActionResult Take([FromBody] Dictionary<string, string> job, [FromServices] LateBodyTests.Done done) =>
        Content(done.Do(job["name"]));

    [HttpPost("form")]
    public IActionResult TakeForm([FromForm] string name, [FromServices] LateBodyTests.Done done) => Content(done.Do(name));
}

/// <summary>A controller that runs whatever came of its input.</summary>
[Route("mvc/plain-form")]
[Reached]
[RequirePermission(PermissionNames.ApproveTasks)]
public sealed class LatePlainController : Controller
{
    [HttpPost]
    public IActionResult TakeForm(string name, [FromServices] LateBodyTests.Done done) => Content(done.Do(name ?? ""));
}
