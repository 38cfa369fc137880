using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Blocks;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Submitting and closing modals, as a person.</summary>
internal sealed class ViewActions(Workspace workspace, BotLine line, Triggers triggers, Payloads payloads, ViewMethods views, Journal journal)
{
    private const string Trouble = "We had some trouble connecting. Try again?";

    /// <summary>Presses the submit button of the top view.</summary>
    public async Task<Outcome> SubmitAsync(string userId, CancellationToken cancel)
    {
        var person = workspace.FindPerson(userId);
        if (person is null || workspace.Top(userId) is not { } view)
            return Outcome.No("view_not_found");
        var errors = InputErrors(view);
        if (errors.Count > 0)
        {
            workspace.Replace(view with { Errors = errors });
            return Outcome.No("invalid_input", string.Join("; ", errors.Values));
        }
        var trigger = triggers.Issue(userId, view.Id);
        var payload = Payloads.Base("view_submission", person, trigger);
        payloads.In(payload, view);
        payload.Remove("container");
        payload["response_urls"] = new JsonArray();
        var answer = await line.SendAsync(DeliveryKind.Interactive, payload, "submission of " + view.Text("callback_id"), null, cancel);
        if (answer.Ack != AckResult.Acknowledged)
            return Outcome.Of(answer, Trouble) with { TriggerId = trigger };
        var refused = Apply(view, answer);
        return Outcome.Of(answer, null) with { Ok = refused is null, Error = refused, Shown = refused is null ? null : Trouble, TriggerId = trigger };
    }

    /// <summary>Closes the top view, or with <paramref name="all"/> the whole stack (the X).</summary>
    public async Task<Outcome> CloseAsync(string userId, bool all, CancellationToken cancel)
    {
        var person = workspace.FindPerson(userId);
        var stack = workspace.Stack(userId).ToImmutableList();
        if (person is null || stack.Count == 0)
            return Outcome.No("view_not_found");
        var view = stack[^1];
        all |= view.Flag("clear_on_close");
        workspace.SetStack(userId, all ? [] : stack.RemoveAt(stack.Count - 1));
        var outcome = new Outcome(true);
        foreach (var closed in (all ? stack.Reverse() : [view]).Where(v => v.Flag("notify_on_close")))
        {
            var payload = Payloads.Base("view_closed", person, null);
            payloads.In(payload, closed);
            payload.Remove("container");
            payload["is_cleared"] = all;
            outcome = Outcome.Of(await line.SendAsync(DeliveryKind.Interactive, payload, "close of " + closed.Text("callback_id"), null, cancel), null);
        }
        return outcome;
    }

    private string? Apply(View view, BotAnswer answer)
    {
        try
        {
            using var document = answer.Body.Length == 0 ? null : JsonDocument.Parse(answer.Body);
            if (document is null || !document.RootElement.TryGetProperty("response_action", out var action))
            {
                var stack = workspace.Stack(view.User).ToImmutableList();
                workspace.SetStack(view.User, stack.RemoveAll(v => v.Id == view.Id));
                return null;
            }
            return Act(view, action.ToString(), document.RootElement.Clone());
        }
        catch (Refusal refusal)
        {
            journal.Refuse("ack of view_submission", refusal.Error, refusal.Messages);
            return refusal.Error;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            journal.Refuse("ack of view_submission", "invalid_response", "the answer is empty or {\"response_action\":\"update|push|clear|errors\",…}");
            return "invalid_response";
        }
    }

    private string? Act(View view, string action, JsonElement answer)
    {
        switch (action)
        {
            case "clear":
                workspace.SetStack(view.User, []);
                return null;
            case "update":
                views.Redraw(view, views.Checked(answer.GetProperty("view"), Surface.Modal, view));
                return null;
            case "push":
                views.Show(view.User, views.Checked(answer.GetProperty("view"), Surface.Modal), onTop: true);
                return null;
            case "errors":
                var errors = answer.GetProperty("errors").EnumerateObject().ToImmutableDictionary(e => e.Name, e => e.Value.ToString(), StringComparer.Ordinal);
                var inputs = view.Source.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").ValueEquals("input")).Select(b => b.GetProperty("block_id").GetString()!).ToList();
                if (errors.IsEmpty || errors.Keys.Any(k => !inputs.Contains(k, StringComparer.Ordinal)))
                    throw new Refusal("invalid_response", "errors must name the block_id of input blocks: " + string.Join(", ", errors.Keys));
                workspace.Replace(view with { Errors = errors });
                return null;
            default:
                throw new Refusal("invalid_response", "unknown response_action: " + action);
        }
    }

    /// <summary>What Slack's own client checks before it sends anything.</summary>
    private ImmutableDictionary<string, string> InputErrors(View view)
    {
        var errors = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var values = payloads.Values(view.User, view.Id, view.Source.GetProperty("blocks"));
        var isJapanese = workspace.FindPerson(view.User)?.Language == "ja";
        foreach (var block in view.Source.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").ValueEquals("input")))
        {
            var element = block.GetProperty("element");
            var id = block.GetProperty("block_id").GetString()!;
            var state = values[id]?[element.GetProperty("action_id").GetString()!];
            var value = state?[Elements.ValueField(Elements.TypeOf(element))];
            var isEmpty = value is null or JsonArray { Count: 0 };
            var isOptional = block.TryGetProperty("optional", out var optional) && optional.ValueKind == JsonValueKind.True;
            if (isEmpty && !isOptional)
                errors[id] = isJapanese ? "この項目は必須です。" : "Please complete this required field.";
            if (!isEmpty && Broken(element, value!.ToString(), isJapanese) is { } broken)
                errors[id] = broken;
        }
        return errors.ToImmutable();
    }

    private static string? Broken(JsonElement element, string value, bool isJapanese)
    {
        int? Limit(string name) => element.TryGetProperty(name, out var v) && v.TryGetInt32(out var n) ? n : null;
        decimal? Bound(string name) => element.TryGetProperty(name, out var v) && decimal.TryParse(v.ToString(), CultureInfo.InvariantCulture, out var n) ? n : null;
        return Elements.TypeOf(element) switch
        {
            "plain_text_input" when value.Length < Limit("min_length") => isJapanese ? $"{Limit("min_length")} 文字以上で入力してください。" : $"Must be at least {Limit("min_length")} characters.",
            "plain_text_input" when value.Length > (Limit("max_length") ?? 3000) => isJapanese ? $"{Limit("max_length") ?? 3000} 文字以内で入力してください。" : $"Must be at most {Limit("max_length") ?? 3000} characters.",
            "number_input" when !decimal.TryParse(value, CultureInfo.InvariantCulture, out _) => isJapanese ? "数字を入力してください。" : "Please enter a number.",
            "number_input" when decimal.Parse(value, CultureInfo.InvariantCulture) is var n && (n < Bound("min_value") || n > Bound("max_value")) => isJapanese ? "範囲外の数字です。" : "The number is out of range.",
            "email_text_input" when !value.Contains('@', StringComparison.Ordinal) => isJapanese ? "メールアドレスを入力してください。" : "Please enter an e-mail address.",
            "url_text_input" when !Uri.TryCreate(value, UriKind.Absolute, out _) => isJapanese ? "URL を入力してください。" : "Please enter a URL.",
            _ => null,
        };
    }
}
