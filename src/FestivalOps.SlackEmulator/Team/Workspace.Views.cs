using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Team;

public sealed partial class Workspace
{
    /// <summary>Views on top of each other, at most. Slack limit: 3.</summary>
    internal const int StackDepth = 3;
    private readonly Dictionary<string, ImmutableList<View>> stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, View> homes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string User, string Place), JsonObject> states = [];

    /// <summary>The modals that a person has open, the lowest first.</summary>
    /// <param name="userId">Whose.</param>
    /// <returns>None to three views.</returns>
    public IReadOnlyList<View> Stack(string userId)
    {
        lock (gate)
            return stacks.GetValueOrDefault(userId) ?? [];
    }

    /// <summary>The modal that a person sees.</summary>
    /// <param name="userId">Whose.</param>
    /// <returns>The topmost view, or <see langword="null"/> when none is open.</returns>
    public View? Top(string userId) => Stack(userId) is [.., var top] ? top : null;

    /// <summary>The App Home tab that the app published for a person.</summary>
    /// <param name="userId">Whose.</param>
    /// <returns>The view, or <see langword="null"/> when nothing was published yet.</returns>
    public View? Home(string userId)
    {
        lock (gate)
            return homes.GetValueOrDefault(userId);
    }

    internal View? FindView(Func<View, bool> matches)
    {
        lock (gate)
            return stacks.Values.SelectMany(s => s).Concat(homes.Values).FirstOrDefault(matches);
    }

    internal void SetStack(string userId, ImmutableList<View> stack)
    {
        lock (gate)
            stacks[userId] = stack;
        Notify();
    }

    internal void SetHome(View view)
    {
        lock (gate)
            homes[view.User] = view;
        Notify();
    }

    /// <summary>Replaces a view wherever it is shown.</summary>
    internal void Replace(View view)
    {
        lock (gate)
        {
            if (homes.TryGetValue(view.User, out var home) && home.Id == view.Id)
                homes[view.User] = view;
            else if (stacks.TryGetValue(view.User, out var stack) && stack.FindIndex(v => v.Id == view.Id) is >= 0 and var at)
                stacks[view.User] = stack.SetItem(at, view);
        }
        Notify();
    }

    /// <summary>What a person chose in the inputs of a message or view: block id, then action id, then the value.</summary>
    internal JsonObject State(string userId, string place)
    {
        lock (gate)
            return (JsonObject?)states.GetValueOrDefault((userId, place))?.DeepClone() ?? [];
    }

    internal void SetState(string userId, string place, string blockId, string actionId, JsonObject? value)
    {
        lock (gate)
        {
            if (!states.TryGetValue((userId, place), out var state))
                states[(userId, place)] = state = [];
            if (state[blockId] is not JsonObject block)
                state[blockId] = block = [];
            block[actionId] = value?.DeepClone();
        }
        Notify();
    }
}
