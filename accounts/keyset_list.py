"""A list of the desk that is paged by key: page 1,000 costs what the first does, and nothing is counted."""

from django.contrib.admin.views.main import ChangeList

from pages.paging import AFTER, BEFORE, KeysetPage


class KeysetChangeList(ChangeList):
    """For a table that only grows, the newest first; whoever has it, `ordering = ["-pk"]`, sorts by nothing else."""

    def get_filters_params(self, params=None):
        params = super().get_filters_params(params)
        for name in (AFTER, BEFORE):
            params.pop(name, None)
        return params

    def get_query_string(self, new_params=None, remove=None):
        """Whatever else is chosen begins on the first page."""
        return super().get_query_string(new_params, [*(remove or ()), AFTER, BEFORE])

    def get_results(self, request):
        for name in (AFTER, BEFORE):
            self.params.pop(name, None)
        self.page = KeysetPage(self.queryset, request.GET, order="-id", size=self.list_per_page)
        self.result_list = self.page.items
        self.result_count, self.full_result_count, self.paginator = len(self.page), None, None
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = True
