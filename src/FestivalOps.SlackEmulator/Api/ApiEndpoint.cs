using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>/api/METHOD</c>: token, scope, body type, rate limit, then the method, then the record.</summary>
internal sealed class ApiEndpoint(Workspace workspace, EmulatorOptions options, FaultKnobs faults, Journal journal, Pacing pacing, MethodTable methods, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, string method)
    {
        var started = time.GetTimestamp();
        var args = new Arguments([], null, false, false, []);
        var status = 200;
        JsonObject answer;
        string? error = null;
        var fault = faults.ForCall(method);
        context.Response.Headers.CacheControl = "private, no-cache, no-store, must-revalidate";
        try
        {
            args = await Arguments.ReadAsync(context.Request, context.RequestAborted);
            if (fault is { IsBeforeEffect: true })
            {
                (status, answer) = (fault.Status, fault.Body(context.Response));
                error = (string?)answer["error"];
            }
            else
            {
                answer = Answer(context, method, args);
                if (fault is not null)
                    (status, answer) = (fault.Status, fault.Body(context.Response));
            }
        }
        catch (Refusal refusal)
        {
            error = refusal.Error;
            (status, answer) = (refusal.RetryAfterSeconds is null ? 200 : 429, Refuse(refusal, args));
            if (refusal.RetryAfterSeconds is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            journal.Refuse(method, refusal.Error, refusal.Messages);
        }
        var body = answer.ToJsonString();
        journal.Call(method, JsonSerializer.SerializeToElement(args.Values), status, body, error, fault?.Name, time.GetElapsedTime(started));
        if (fault is { Hangs: true })
        {
            await faults.HangAsync(context.RequestAborted);
            context.Abort();
            return;
        }
        if (fault is { Aborts: true })
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private JsonObject Answer(HttpContext context, string name, Arguments args)
    {
        var method = methods.Find(name) ?? throw new Refusal("unknown_method");
        if (args.TokenInUrl)
            throw new Refusal("invalid_auth", "[ERROR] a token must never stand in a URL: send it in the Authorization header");
        CheckToken(method, args.Token);
        context.Response.Headers["X-OAuth-Scopes"] = string.Join(',', options.BotScopes);
        context.Response.Headers["X-Accepted-OAuth-Scopes"] = string.Join(',', method.Scopes);
        if (method is { Scopes.Length: > 0, WithAppToken: false } && !method.Scopes.Any(s => options.BotScopes.Contains(s, StringComparer.Ordinal)))
            throw Call(name, []).MissingScope(string.Join(',', method.Scopes));
        pacing.Call(method);
        var seen = method.FormOnly && args.IsJson ? [] : args.Values;
        var missing = method.Required.Where(r => !Call(name, seen).Has(r)).ToList();
        if (missing.Count > 0)
        {
            var why = method.FormOnly && args.IsJson ? $" ({name} does not read JSON bodies: send a form)" : "";
            throw new Refusal("invalid_arguments", [.. missing.Select(m => $"[ERROR] missing required field: {m}{why}")]);
        }
        var answer = method.Run(Call(name, seen));
        answer.Insert(0, "ok", true);
        Warn(answer, args.Warnings);
        return answer;
    }

    private ApiCall Call(string name, Dictionary<string, JsonElement> args) => new(name, args, workspace, options, pacing);

    private void CheckToken(ApiMethod method, string? token)
    {
        if (string.IsNullOrEmpty(token))
            throw new Refusal("not_authed");
        var isApp = Same(token, options.AppToken);
        if (!isApp && !Same(token, options.BotToken))
            throw new Refusal("invalid_auth");
        if (isApp != method.WithAppToken)
            throw new Refusal("not_allowed_token_type");
    }

    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private static JsonObject Refuse(Refusal refusal, Arguments args)
    {
        var answer = new JsonObject { ["ok"] = false, ["error"] = refusal.Error };
        foreach (var (key, value) in refusal.Extra)
            answer[key] = value?.DeepClone();
        if (refusal.Messages.Count > 0)
            answer["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. refusal.Messages.Select(m => JsonValue.Create(m))]) };
        Warn(answer, args.Warnings);
        return answer;
    }

    private static void Warn(JsonObject answer, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return;
        answer["warning"] = string.Join(',', warnings);
        if (answer["response_metadata"] is not JsonObject metadata)
            answer["response_metadata"] = metadata = [];
        metadata["warnings"] = new JsonArray([.. warnings.Select(w => JsonValue.Create(w))]);
    }
}
